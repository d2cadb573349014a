using System.Runtime.InteropServices;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Bench.Ptx;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Bench;

/// <summary>The suite <c>gpu</c>: each case in each arithmetic of the OpenCL back end, or in double by the ILGPU one.</summary>
internal static class GpuSuite
{
    /// <summary>The suite's name.</summary>
    public const string Name = "gpu";

    // More are compared in the picture's middle only.
    private const long MostStepsCompared = 4_000_000_000;

    /// <summary>Chooses how many steps a picture may have.</summary>
    /// <param name="drawer">Who draws.</param>
    /// <param name="steps">Steps at most, 0 for whole pictures, or null for what suits the devices.</param>
    /// <exception cref="UserError">It is below 0.</exception>
    public static StepBudget Budget(SuiteDrawer drawer, long? steps) => StepBudget.Of(steps ?? (drawer.IsProcessor ? null : 0));

    /// <summary>Measures cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="drawer">Who draws.</param>
    /// <param name="budget">How many steps a picture may have.</param>
    /// <param name="progress">Is told, every two seconds, what is being measured.</param>
    /// <param name="cancellation">Ends it at any time.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="DeviceException">The device fails.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static GpuResult Run(IReadOnlyList<BenchCase> cases, SuiteDrawer drawer, StepBudget budget, IProgress<string> progress, CancellationToken cancellation)
    {
        var patient = new PatientProgress(progress);
        var rows = new List<DeviceRow>();
        var (codes, notAvailable) = (new List<KernelCode>(), drawer.Accelerator is null ? PtxCompiler.NotAvailable : "they are counted in the OpenCL kernels only");
        foreach (var chosen in cases)
        {
            var prepared = PreparedCase.Of(chosen, budget);
            var (compared, right) = OwnThread.Wait(() => Right(prepared), () => patient.Tell($"case {chosen.Name}, the picture to compare with"), cancellation);
            foreach (var precision in drawer.Precisions)
            {
                var what = FormattableString.Invariant($"case {chosen.Name} in {Precisions.Name(precision)}, row {rows.Count + 1} of {cases.Count * drawer.Precisions.Count}");
                if (notAvailable is null)
                {
                    codes.Add(KernelCode.Of(chosen.Name, prepared.Plan, precision, drawer.Lanes, cancellation));
                }

                rows.Add(OwnThread.Wait(() => Row(prepared, drawer.Open(precision, cancellation), precision, compared, right, cancellation), () => patient.Tell(what), cancellation));
            }
        }

        return new(Name, MachineProbe.Read(), drawer.Devices, drawer.Accelerator, RuntimeInformation.FrameworkDescription, StepCost.FloatingPointOperations, rows, new(codes, notAvailable));
    }

    private static DeviceRow Row(
        PreparedCase prepared, DeviceBackEnd opened, OpenClPrecision precision, SimulationPlan compared, double[] right, CancellationToken cancellation)
    {
        using var backEnd = opened;
        var image = new float[prepared.Plan.FastPixels * prepared.Plan.SlowPixels];
        var times = DeviceTimes.Measure(backEnd, prepared.Plan, image, cancellation);
        var stepsPerSecond = prepared.Steps / times.BestKernel;
        var errors = PictureErrors.Between(RightPictures.Draw(backEnd, compared), right);
        return new()
        {
            Case = prepared.Case.Name,
            Precision = Precisions.Name(precision),
            Edge = prepared.Plan.FastPixels,
            WholeEdge = prepared.WholeEdge,
            StepsPerPixel = prepared.StepsPerPixel,
            Times = times,
            StepsPerSecond = stepsPerSecond,
            UsefulGigaflops = 1e-9 * StepCost.FloatingPointOperations * stepsPerSecond,
            ImageGigabytesPerSecond = 1e-9 * sizeof(float) * prepared.Pixels / times.BestKernel,
            Errors = new(
                ReferenceEquals(compared, prepared.Plan) ? "simd-double" : "reference",
                compared.RenderedPixels,
                errors.Sum,
                errors.Pixel,
                errors.OneMinusCorrelation,
                ErrorBounds.Of(precision == OpenClPrecision.Double ? SimdPrecision.Double : SimdPrecision.Float).Hold(errors)),
        };
    }

    private static (SimulationPlan Plan, double[] Picture) Right(PreparedCase prepared)
    {
        var isWhole = prepared.Steps <= MostStepsCompared;
        var plan = isWhole ? prepared.Plan : prepared.Middle();
        return (plan, RightPictures.Draw(isWhole ? new SimdBackEnd(SimdPrecision.Double) : new ReferenceBackEnd(0), plan));
    }
}
