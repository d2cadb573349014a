using System.Numerics;
using System.Runtime.ExceptionServices;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Draws on OpenCL devices: GPUs, or the processor where its driver is one such as PoCL.</summary>
/// <remarks>
/// Several devices share a picture that is large enough. Pictures are equal from run to run on devices of one kind with one driver. <see cref="DeviceBackEnd.KernelSeconds"/> is by the
/// device's own clock; of several devices the longest.
/// </remarks>
public sealed class OpenClBackEnd : DeviceBackEnd
{
    private readonly OpenClPrecision _precision;
    private readonly List<OpenClSession> _sessions = [];

    /// <summary>Makes a back end of one device.</summary>
    /// <param name="device">Who draws, from <see cref="OpenClDevices.Find"/>.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <exception cref="OpenClException">The device does not compute in double and is asked to, or cannot be opened.</exception>
    public OpenClBackEnd(OpenClDevice device, OpenClPrecision precision)
        : this([device], precision)
    {
    }

    /// <summary>Makes a back end of several devices.</summary>
    /// <param name="devices">Who draws, from <see cref="OpenClDevices.Find"/>; at least one.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <exception cref="OpenClException">A device does not compute in double and is asked to, or cannot be opened.</exception>
    public OpenClBackEnd(IReadOnlyList<OpenClDevice> devices, OpenClPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count);
        (Devices, _precision) = (devices, precision);
        if (precision == OpenClPrecision.Double && WithoutDouble is { } device)
        {
            throw new OpenClException(OpenClProblem.Unsupported, $"{device.Name} does not compute in double: take --precision float, or another device");
        }

        try
        {
            _sessions.AddRange(devices.Select(opened => new OpenClSession(opened)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Name => _precision switch
    {
        OpenClPrecision.Double => "opencl-double",
        OpenClPrecision.FloatFast => "opencl-float-fast",
        _ => "opencl-float",
    };

    /// <summary>Gets who draws.</summary>
    public IReadOnlyList<OpenClDevice> Devices { get; }

    /// <summary>Gets the pixels that a work-item draws side by side: 2, 4, 8 or 16, or null for what suits the device. More hide more latency and take more registers.</summary>
    public int? Lanes { get; init; }

    /// <summary>Gets from how many steps a block of few cells has a program of its own; null for the usual number.</summary>
    internal long? StepsWorthAProgram { get; init; }

    /// <summary>Gets the evaluations of a launch at most.</summary>
    internal int EvaluationsAtOnce { get; init; } = 65536;

    /// <summary>Has the devices do what their drivers put off until they are first used, which may take a tenth of a second.</summary>
    /// <exception cref="OpenClException">A device fails.</exception>
    public void WakeUp() => _sessions.ForEach(static session => session.WakeUp());

    /// <inheritdoc/>
    public override void Dispose() => _sessions.ForEach(static session => session.Dispose());

    /// <inheritdoc/>
    /// <exception cref="OpenClException">The device fails, or float does not keep its bounds and the device does not compute in double.</exception>
    private protected override double Draw<TPixel>(SimulationPlan plan, RegionRows region, TPixel[] image)
    {
        var precision = PrecisionFor(plan);
        return precision == OpenClPrecision.Double
            ? Draw<double, TPixel>(plan, precision, region, image)
            : Draw<float, TPixel>(plan, precision, region, image);
    }

    private double Draw<T, TPixel>(SimulationPlan plan, OpenClPrecision precision, RegionRows region, TPixel[] image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        var sessions = _sessions.Take((int)Math.Clamp(region.Pixels * plan.StepsPerPixel / FirstStepsOf(_sessions[0]), 1, _sessions.Count)).ToArray();
        var rows = OpenClJob<T>.TileRows(region, ProgramVariant.TileHeightFor(plan, precision, Lanes));
        var supply = new RowSupply(rows, sessions.Length, sessions.Select(session => (session.Device.Name, session.Device.Driver)).Distinct().Count() == 1);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var seconds = new double[sessions.Length];

        // A device that fails ends the others' work, too; what it threw is told before their cancellation.
        var others = Enumerable.Range(1, sessions.Length - 1).Select(i => Task.Factory.StartNew(() => Share(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var errors = new List<Exception?> { Share(0) };
        errors.AddRange(others.Select(other => other.Result));
        if (errors.Where(error => error is not null).OrderBy(error => error is OperationCanceledException).FirstOrDefault() is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return seconds.Max();

        Exception? Share(int i)
        {
            try
            {
                seconds[i] = Draw<T, TPixel>(sessions[i], plan, precision, region, wanted => supply.Take(i, wanted), image, failed.Token);
                return null;
            }
#pragma warning disable CA1031 // Whatever it is, the calling thread throws it again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed.Cancel();
                return e;
            }
        }
    }

    private double Draw<T, TPixel>(
        OpenClSession session, SimulationPlan plan, OpenClPrecision precision, in RegionRows region, Func<double, (int First, int Count)> take, TPixel[] image, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        var (variant, program) = session.Program(plan, precision, StepsWorthAProgram, Lanes);
        using var job = new OpenClJob<T>(session, program, variant, plan, region, EvaluationsAtOnce, PoisonsImage);
        return job.Draw(take, image, FirstStepsOf(session), cancellation);
    }

    // So few that the slowest device of its kind is done with them in some tenths of a second.
    private long FirstStepsOf(OpenClSession session) =>
        FirstSteps ?? session.Device.ComputeUnits * (session.Device.Kind == OpenClDeviceKind.Cpu ? 5_000_000L : 20_000_000L);

    private OpenClDevice? WithoutDouble => Devices.FirstOrDefault(device => !device.HasDouble);

    // Float where it keeps what is promised. A single cell leaves solid angle and polarisation alone to be seen, whose last bits are then all that varies.
    private OpenClPrecision PrecisionFor(SimulationPlan plan) =>
        _precision == OpenClPrecision.Double ? _precision
        : WithoutDouble is not { } device ? FloatReach.Covers(plan) && plan.Cells != (1, 1, 1) ? _precision : OpenClPrecision.Double
        : FloatReach.Covers(plan) ? _precision
        : throw new OpenClException(
            OpenClProblem.Unsupported, $"this crystal needs double to be drawn within 1e-4 (many cells, long axes or a close detector), which {device.Name} does not have: take --device cpu");
}
