using System.Globalization;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>The device that the device scenarios run on: the first GPU, or the one that <c>NANOBRAGG_DEVICE=opencl:N</c> names.</summary>
/// <param name="Device">The device; null where there is none.</param>
/// <param name="NotAvailable">Why there is none, or null.</param>
internal sealed record ChosenDevice(OpenClDevice? Device, string? NotAvailable)
{
    private const string Prefix = "opencl:";

    // Each case asks, and to wake a driver up takes a tenth of a second.
    private static readonly Lazy<OpenClDevices> _devices = new(OpenClDevices.Find);

    /// <summary>Looks for it.</summary>
    /// <param name="needsDouble">Whether it must compute in double.</param>
    /// <returns>The device, or why there is none.</returns>
    public static ChosenDevice Find(bool needsDouble)
    {
        try
        {
            var asked = Environment.GetEnvironmentVariable("NANOBRAGG_DEVICE") ?? "";
            var devices = _devices.Value;
            var device = asked.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(asked.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? devices.Numbered(number)
                : devices.FirstGpu();
            return needsDouble && !device.HasDouble ? new(null, $"{device.Name} does not compute in double") : new(device, null);
        }
        catch (OpenClException e) when (e.Problem is OpenClProblem.NoDevice or OpenClProblem.NoDriver)
        {
            return new(null, e.Message);
        }
    }
}
