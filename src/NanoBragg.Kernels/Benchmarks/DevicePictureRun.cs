using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>Prepares the drawing of one picture that stays on a device. The device scenarios differ only in what they pass here.</summary>
internal static class DevicePictureRun
{
    /// <summary>Prepares a picture.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <param name="precision"><c>float</c>, <c>float-fast</c> or <c>double</c>.</param>
    /// <param name="known">What the picture must show.</param>
    /// <returns>The run, timed by the device's clock; its bytes are those of the picture. Where there is no device, one that says so, with the device's code.</returns>
    public static KernelRun Prepare(Experiment experiment, string precision, KnownPicture known)
    {
        var plan = SimulationPlan.Create(experiment);
        var arithmetic = precision switch
        {
            "float" => OpenClPrecision.Float,
            "float-fast" => OpenClPrecision.FloatFast,
            "double" => OpenClPrecision.Double,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "float, float-fast or double"),
        };
        var code = OpenClSource.Of(plan, arithmetic, OpenClDeviceKind.Gpu);
        var device = ChosenDevice.Find(arithmetic == OpenClPrecision.Double);
        var picture = device.Device is { } found ? new ResidentPicture(found, arithmetic, plan) : null;
        return new KernelRun(() => (picture ?? throw new InvalidOperationException(device.NotAvailable)).Draw())
        {
            Steps = plan.Steps,
            StepUnit = "steps",
            Bytes = (double)sizeof(float) * plan.FastPixels * plan.SlowPixels,
            DeviceSource = code.Text,
            DeviceOptions = code.Options,
            DeviceSeconds = () => picture!.DeviceSeconds,
            MachineFigures = () => picture!.Attributes(),
            NotAvailable = device.NotAvailable,
            Check = () =>
            {
                var copied = picture!.CopiedBytes;
                var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
                picture.Read(image.Pixels);
                var isDouble = arithmetic == OpenClPrecision.Double;
                return new Dictionary<string, double>(known.Verify(image, isDouble ? 1e-6 : 3e-6, isDouble ? 1e-6 : 1e-4))
                {
                    ["copiedBytes"] = copied,
                    ["deviceBytes"] = picture.DeviceBytes,
                };
            },
        };
    }
}
