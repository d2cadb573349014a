using System.Text;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>The devices that OpenCL finds on this machine.</summary>
public sealed unsafe class OpenClDevices
{
    private const int NoPlatform = -1001;
    private const int NoDevice = -1;
    private const uint PlatformName = 0x0902;
    private const uint DeviceKind = 0x1000;
    private const uint ComputeUnits = 0x1002;
    private const uint GlobalMemory = 0x101F;
    private const uint DeviceName = 0x102B;
    private const uint DriverVersion = 0x102D;
    private const uint DoubleConfiguration = 0x1032;
    private const ulong EveryKind = 0xFFFFFFFF;
    private const ulong CpuBit = 2;
    private const ulong GpuBit = 4;

    private OpenClDevices(IReadOnlyList<OpenClDevice> all, string? reason) => (All, ReasonForNone) = (all, reason);

    /// <summary>Gets the devices in the order of their numbers.</summary>
    public IReadOnlyList<OpenClDevice> All { get; }

    /// <summary>Gets why there are none and what to do, one line; null where there are some.</summary>
    public string? ReasonForNone { get; }

    /// <summary>Looks for devices.</summary>
    /// <returns>What there is.</returns>
    /// <exception cref="OpenClException">A driver fails.</exception>
    public static OpenClDevices Find()
    {
        if (!OpenClLibrary.IsThere)
        {
            return new([], $"the OpenCL library is not on this machine ({string.Join(", ", OpenClLibrary.Names)}): install the GPU's driver, or pocl-opencl-icd for the processor");
        }

        var found = new List<OpenClDevice>();
        var platforms = Platforms();
        foreach (var platform in platforms)
        {
            foreach (var device in DevicesOf(platform))
            {
                found.Add(Read(found.Count, platform, device));
            }
        }

        return new(found, found.Count > 0 ? null
            : platforms.Length == 0 ? "OpenCL finds no driver: install the GPU's own, or pocl-opencl-icd for the processor (on Linux its file is in /etc/OpenCL/vendors)"
            : $"the OpenCL drivers have no device: {string.Join(", ", platforms.Select(Name))}");
    }

    /// <summary>Gets the device with a number.</summary>
    /// <param name="number">The number, from 0.</param>
    /// <returns>The device.</returns>
    /// <exception cref="OpenClException">There is none; the message says what there is.</exception>
    public OpenClDevice Numbered(int number) =>
        number >= 0 && number < All.Count ? All[number] : throw Missing(FormattableString.Invariant($"there is no OpenCL device {number}"));

    /// <summary>Gets the first GPU.</summary>
    /// <returns>The device.</returns>
    /// <exception cref="OpenClException">There is none; the message says what there is.</exception>
    public OpenClDevice FirstGpu() => All.FirstOrDefault(device => device.Kind == OpenClDeviceKind.Gpu) ?? throw Missing("OpenCL finds no GPU");

    private OpenClException Missing(string what) => ReasonForNone is { } reason
        ? new(OpenClLibrary.IsThere ? OpenClProblem.NoDevice : OpenClProblem.NoDriver, $"{what}: {reason}")
        : new(OpenClProblem.NoDevice, $"{what}; there is {string.Join(", ", All.Select(device => FormattableString.Invariant($"{device.Number}: {device.Name}")))}");

    private static nint[] Platforms()
    {
        var code = OpenClLibrary.GetPlatforms(0, null, out var count);
        if (code == NoPlatform || count == 0)
        {
            return [];
        }

        OpenClException.Check(code, "looking for drivers");
        var platforms = new nint[count];
        fixed (nint* room = platforms)
        {
            OpenClException.Check(OpenClLibrary.GetPlatforms(count, room, out _), "looking for drivers");
        }

        return platforms;
    }

    private static nint[] DevicesOf(nint platform)
    {
        var code = OpenClLibrary.GetDevices(platform, EveryKind, 0, null, out var count);
        if (code == NoDevice || count == 0)
        {
            return [];
        }

        OpenClException.Check(code, "looking for devices");
        var devices = new nint[count];
        fixed (nint* room = devices)
        {
            OpenClException.Check(OpenClLibrary.GetDevices(platform, EveryKind, count, room, out _), "looking for devices");
        }

        return devices;
    }

    private static OpenClDevice Read(int number, nint platform, nint device)
    {
        var kind = Number(device, DeviceKind);
        return new(
            number,
            (kind & GpuBit) != 0 ? OpenClDeviceKind.Gpu : (kind & CpuBit) != 0 ? OpenClDeviceKind.Cpu : OpenClDeviceKind.Accelerator,
            Text(device, DeviceName),
            Name(platform),
            Text(device, DriverVersion),
            Number(device, DoubleConfiguration) != 0,
            (long)Number(device, GlobalMemory),
            (int)Number(device, ComputeUnits))
        {
            Id = device,
            PlatformId = platform,
        };
    }

    // Of four or eight bytes; devices without double may not know of its configuration.
    private static ulong Number(nint device, uint what)
    {
        ulong value = 0;
        var code = OpenClLibrary.GetDeviceInfo(device, what, sizeof(ulong), (byte*)&value, null);
        if (what != DoubleConfiguration)
        {
            OpenClException.Check(code, "reading a device's properties");
        }

        return code == 0 ? value : 0;
    }

    private static string Text(nint device, uint what)
    {
        nuint size;
        OpenClException.Check(OpenClLibrary.GetDeviceInfo(device, what, 0, null, &size), "reading a device's properties");
        var text = new byte[size];
        fixed (byte* room = text)
        {
            OpenClException.Check(OpenClLibrary.GetDeviceInfo(device, what, size, room, null), "reading a device's properties");
        }

        return Printable(text);
    }

    private static string Name(nint platform)
    {
        nuint size;
        OpenClException.Check(OpenClLibrary.GetPlatformInfo(platform, PlatformName, 0, null, &size), "reading a driver's name");
        var text = new byte[size];
        fixed (byte* room = text)
        {
            OpenClException.Check(OpenClLibrary.GetPlatformInfo(platform, PlatformName, size, room, null), "reading a driver's name");
        }

        return Printable(text);
    }

    private static string Printable(byte[] text) => Encoding.UTF8.GetString(text).TrimEnd('\0').Trim();
}
