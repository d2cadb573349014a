using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

/// <summary>A test on an OpenCL device. Where there is none it is reported by name as not run, with the reason.</summary>
internal sealed class OpenClFactAttribute : FactAttribute
{
    public OpenClFactAttribute() => Skip = TestDevice.ReasonForNone!;
}

/// <summary>The same with data.</summary>
internal sealed class OpenClTheoryAttribute : TheoryAttribute
{
    public OpenClTheoryAttribute() => Skip = TestDevice.ReasonForNone!;
}

/// <summary>The device that tests draw on: the first that computes in double.</summary>
internal static class TestDevice
{
    private static readonly Lazy<OpenClDevices> _devices = new(OpenClDevices.Find);
    private static readonly Lazy<OpenClBackEnd> _double = new(() => new(Device, OpenClPrecision.Double) { PoisonsImage = true });
    private static readonly Lazy<OpenClBackEnd> _float = new(() => new(Device, OpenClPrecision.Float) { PoisonsImage = true });

    public static string? ReasonForNone => _devices.Value.All.Any(device => device.HasDouble) ? null : _devices.Value.ReasonForNone ?? "no OpenCL device computes in double";

    public static OpenClDevice Device => _devices.Value.All.First(device => device.HasDouble);

    /// <summary>Back ends that all tests share, and with them the programs.</summary>
    public static OpenClBackEnd Double => _double.Value;

    public static OpenClBackEnd Float => _float.Value;

    /// <summary>Draws over a poisoned picture, so that a pixel left out shows.</summary>
    public static double[] Draw(OpenClBackEnd backEnd, NanoBragg.Kernels.Simulation.SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        Array.Fill(image, double.NaN);
        backEnd.Render(plan, image);
        return image;
    }
}
