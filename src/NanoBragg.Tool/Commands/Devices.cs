using System.CommandLine;
using System.Globalization;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Tool.Commands;

/// <summary><c>devices</c>: on what OpenCL, and ILGPU in a build that has it, can draw here.</summary>
internal static class Devices
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var json = MeasuringArguments.Json();
        var command = new Command(
            "devices",
            "Lists the OpenCL devices that 'simulate --device opencl:N' and 'bench --suite gpu' can use, or says why there are none. A build with -p:UseIlgpu=true lists ILGPU's accelerators, too.") { json };
        command.SetAction(parsed =>
        {
            var devices = Find();
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? DevicesJson.Text(devices) : Text(devices));
        });
        return command;
    }

    private static FoundDevices Find()
    {
        try
        {
            var openCl = OpenClDevices.Find();
            return new(openCl.All, openCl.ReasonForNone, IlgpuDevices.AreBuilt ? IlgpuDevices.Find() : null);
        }
        catch (DeviceException e)
        {
            throw new UserError(e.Message, innerException: e);
        }
    }

    private static string Text(FoundDevices devices) =>
        (devices.ReasonForNone is { } reason ? $"no OpenCL devices: {reason}\n" : string.Concat(devices.All.Select(Line)))
        + string.Concat((devices.Ilgpu ?? []).Select(Line));

    private static string Line(OpenClDevice device) => string.Create(
        CultureInfo.InvariantCulture,
        $"opencl:{device.Number}  {device.Kind.ToString().ToLowerInvariant()}  {device.Name}  ({device.Platform}, driver {device.Driver}): {device.ComputeUnits} compute units, {Memory(device.MemoryBytes)}, {(device.HasDouble ? "float and double" : "float only")}\n");

    private static string Line(IlgpuDevice device) =>
        string.Create(CultureInfo.InvariantCulture, $"{Drawing.Word(device.Kind)}  {device.Name}: {device.Multiprocessors} multiprocessors, {Memory(device.MemoryBytes)}\n");

    private static string Memory(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GiB");
}
