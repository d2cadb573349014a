namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>
/// Gives the figures of what cases run on a device, which no clock and no device has to do with: PTX that a compiler makes of it, counted, and where NVIDIA's
/// assembler is on the search path, what that makes of the PTX. Compiles each code once.
/// </summary>
/// <param name="progress">Is told what is going on.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class DeviceFigures(IProgress<string> progress, CancellationToken cancellation)
{
    private static readonly (string Name, string Unit, Func<PtxCode, double> Of)[] _exact =
    [
        ("ptxInstructions", "instructions", code => code.Instructions),
        ("ptxInstructionsInLoops", "instructions", code => code.InLoops),
        ("ptxLoadsInLoops", "instructions", code => code.LoadsInLoops),
        ("ptxLocalBytes", "B", code => code.LocalBytes),
        ("ptxSharedBytes", "B", code => code.SharedBytes),
        ("ptxSpecialInLoops", "instructions", code => code.SpecialInLoops),
    ];

    private static readonly (string Name, string Unit, Func<AssembledCode, double?> Of)[] _pins =
    [
        ("ptxasRegisters", "registers", code => code.Registers),
        ("ptxasSpillBytes", "B", code => code.SpillBytes),
        ("ptxasStackBytes", "B", code => code.StackBytes),
        ("sassInstructions", "instructions", code => code.Instructions),
    ];

    private readonly Dictionary<DeviceCode, CompiledCode> _compiled = [];

    /// <summary>Adds the figures to a case.</summary>
    /// <param name="measured">The case.</param>
    /// <param name="report">What a worker found of it.</param>
    /// <returns>The case; one that failed, or runs nothing on a device, as it was.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public MeasuredCase AddTo(MeasuredCase measured, CaseReport report)
    {
        if (measured.Failure is not null)
        {
            return measured;
        }

        var machine = report.MachineFigures.Select(figure => Pin(figure.Key, "", figure.Value));
        if (report.DeviceCode is not { } source)
        {
            return measured with { DevicePins = [.. machine] };
        }

        var code = Compiled(source);
        if (code.Failure is { } failure)
        {
            return measured with { Failure = failure, Metrics = [] };
        }

        // What the base's compiler cannot make, or a base without such code, leaves nothing to hold against.
        var old = (measured.SameCodeAsBase ? source : report.Base?.DeviceCode) is { } baseSource ? Compiled(baseSource).Ptx : null;
        var exact = code.Ptx is { } ptx
            ? _exact.Select(figure => new MeasuredMetric
            {
                Name = figure.Name,
                Kind = MetricKind.Exact,
                Unit = figure.Unit,
                Better = Better.Lower,
                Value = figure.Of(ptx),
                Base = old is null ? null : figure.Of(old),
            })
            : [];
        var pins = code.Assembled is { } assembled
            ? _pins.Where(figure => figure.Of(assembled) is not null).Select(figure => Pin(figure.Name, figure.Unit, figure.Of(assembled)!.Value))
            : [];
        var missing = _exact.Where(_ => code.Ptx is null).Select(figure => (figure.Name, code.NotAvailable!))
            .Concat(_pins.Where(figure => code.Assembled is null || figure.Of(code.Assembled) is null).Select(figure => (figure.Name, code.NotAssembled!)));
        return measured with
        {
            Metrics = [.. measured.Metrics.Concat(exact).OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Yardstick, StringComparer.Ordinal)],
            DevicePins = [.. machine.Concat(pins).OrderBy(pin => pin.Name, StringComparer.Ordinal)],
            FiguresNotAvailable = new SortedDictionary<string, string>(missing.ToDictionary(), StringComparer.Ordinal),
        };
    }

    private CompiledCode Compiled(DeviceCode code)
    {
        if (!_compiled.TryGetValue(code, out var compiled))
        {
            if (_compiled.Count == 0 && PtxCompiler.NotAvailable is null)
            {
                progress.Report("compiling what runs on a device, for its instructions");
            }

            compiled = CompiledCode.Of(code, cancellation);
            _compiled.Add(code, compiled);
        }

        return compiled;
    }

    private static MeasuredMetric Pin(string name, string unit, double value) =>
        new() { Name = name, Kind = MetricKind.Pin, Unit = unit, Better = Better.Lower, Value = value };
}
