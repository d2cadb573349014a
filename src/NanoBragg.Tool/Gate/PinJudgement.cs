using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges what the JIT made of the code on this machine, and what a process uses there. A pin that neither the base nor the baseline has is not judged: it is evidence, and a
/// baseline from before there were pins stays valid.
/// </summary>
internal static class PinJudgement
{
    /// <summary>Tells whether a pin goes into the baseline by itself; others do only where the user asks for them by name.</summary>
    /// <param name="pin">The pin.</param>
    public static bool IsKeptByItself(MeasuredMetric pin) => pin.Better != Better.Equal && pin.Name != MeasuredResources.Instructions;

    /// <summary>
    /// Judges one pin. Where this machine's line would call it worse, or there is none, the base has the last word, as far as it was looked at in the same run: on the same
    /// machine, under the same runtime and tool, which is more than a line of another day can promise.
    /// </summary>
    /// <param name="measured">The case.</param>
    /// <param name="line">The baseline's line, whose direction and tolerance rule; null where this machine has none.</param>
    /// <param name="now">The measured pin.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <returns>The comparison; null where there is nothing to compare with.</returns>
    public static Comparison? Judge(MeasuredCase measured, ExactFigure? line, MeasuredMetric now, MachineFingerprint machine)
    {
        var byLine = line is null ? null : ByLine(measured, line, now, machine);
        return byLine is { Outcome: not Outcome.Regressed } || now.Base is not { } old ? byLine
            : Of(measured, (line ?? Line(now)) with { Value = old, Unit = now.Unit }, now, machine) with { AgainstBase = true };
    }

    /// <summary>Makes a baseline's line of a pin.</summary>
    /// <param name="now">The measured pin.</param>
    /// <returns>The line.</returns>
    public static ExactFigure Line(MeasuredMetric now) =>
        new() { Value = now.Value, Unit = now.Unit, Better = now.Better, RelativeTolerance = now.RelativeTolerance > 0 ? now.RelativeTolerance : null, Idle = now.Idle };

    /// <summary>
    /// Judges a case: on a machine that the baseline knows by its lines and the base, on any other one by the base alone.
    /// </summary>
    /// <param name="measured">What was measured; it did not fail.</param>
    /// <param name="entry">The entry that applies, or null.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <returns>A comparison for each pin of the baseline, and for each that the base has and that is kept by itself; <see cref="Outcome.Missing"/> where it could not be taken.</returns>
    public static IEnumerable<Comparison> Judge(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine)
    {
        var lines = entry?.Pins.GetValueOrDefault(machine.Id) ?? Baseline.Ordinal<ExactFigure>();
        foreach (var now in measured.Pins.Where(pin => IsKeptByItself(pin) && !lines.ContainsKey(pin.Name)))
        {
            if (Judge(measured, null, now, machine) is { } judged)
            {
                yield return judged;
            }
        }

        foreach (var (name, then) in lines)
        {
            if (measured.Pins.FirstOrDefault(pin => pin.Name == name) is { } now)
            {
                yield return Judge(measured, then, now, machine)!;
                continue;
            }

            var why = measured.WhyWithout(name);
            yield return new()
            {
                Scenario = measured.Name,
                Metric = name,
                Kind = MetricKind.Pin,
                Unit = then.Unit,
                Machine = machine.Id,
                Then = then.Value,
                Outcome = why is null ? Outcome.Missing : Outcome.NotAvailable,
                Where = why ?? (MeasuredResources.Has(name) ? measured.Resources?.NotAvailable.GetValueOrDefault(name) : measured.Code?.NotAvailable),
            };
        }
    }

    /// <summary>
    /// Of a pin that counts a whole process, what changed in a process that runs no case is taken off: another version of the tool or of the runtime is not the kernel's doing.
    /// Nor is anything that the same code uses more of; what the JIT makes of the same code is judged, because it is what runs.
    /// </summary>
    private static Comparison ByLine(MeasuredCase measured, ExactFigure line, MeasuredMetric now, MachineFingerprint machine)
    {
        var judged = Of(measured, line, now with { Value = now.Value - IdleChange(line, now) }, machine);
        return MeasuredResources.Has(now.Name) ? SameCode.Excuse(judged, line, measured) : judged;
    }

    private static Comparison Of(MeasuredCase measured, ExactFigure then, MeasuredMetric now, MachineFingerprint machine) => ExactJudgement.Judge(measured.Name, then, now) with
    {
        Kind = MetricKind.Pin,
        Machine = machine.Id,
        Where = measured.Code?.Culprit(now.Name),
    };

    /// <summary>What changed without the kernel. Within half of the tolerance it is what differs from run to run, and taking that off would only add it twice.</summary>
    private static double IdleChange(ExactFigure then, MeasuredMetric now) =>
        now.Idle - then.Idle is { } change && Math.Abs(change) > (then.RelativeTolerance ?? 0) / 2 * then.Idle ? change : 0;
}
