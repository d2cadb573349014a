using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges what the baseline pins of the code that the JIT made on this machine, and of what a process uses there. A pin that the baseline lacks is not judged: it is evidence,
/// and a baseline from before there were pins stays valid.
/// </summary>
internal static class PinJudgement
{
    /// <summary>Tells whether a pin goes into the baseline by itself; others do only where the user asks for them by name.</summary>
    /// <param name="pin">The pin.</param>
    public static bool IsKeptByItself(MeasuredMetric pin) => pin.Better != Better.Equal && pin.Name != MeasuredResources.Instructions;

    /// <summary>
    /// Judges one pin. Of a pin that counts a whole process, what changed in a process that runs no case is taken off: another version of the tool or of the
    /// runtime is not the kernel's doing. Nor is anything that the same code uses more of; what the JIT makes of the same code is judged, because it is what runs.
    /// </summary>
    /// <param name="measured">The case.</param>
    /// <param name="then">The baseline's line.</param>
    /// <param name="now">The measured pin.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <returns>The comparison.</returns>
    public static Comparison Judge(MeasuredCase measured, ExactFigure then, MeasuredMetric now, MachineFingerprint machine)
    {
        var judged = ExactJudgement.Judge(measured.Name, then, now with { Value = now.Value - IdleChange(then, now) }) with
        {
            Kind = MetricKind.Pin,
            Machine = machine.Id,
            Where = measured.Code?.Culprit(now.Name),
        };
        return MeasuredResources.Has(now.Name) ? SameCode.Excuse(judged, then, measured) : judged;
    }

    /// <summary>Judges a case.</summary>
    /// <param name="measured">What was measured; it did not fail.</param>
    /// <param name="entry">The entry that applies, or null.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <returns>A comparison for each pin of the baseline; <see cref="Outcome.Missing"/> where it could not be taken.</returns>
    public static IEnumerable<Comparison> Judge(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine)
    {
        foreach (var (name, then) in entry?.Pins.GetValueOrDefault(machine.Id) ?? Baseline.Ordinal<ExactFigure>())
        {
            if (measured.Pins.FirstOrDefault(pin => pin.Name == name) is { } now)
            {
                yield return Judge(measured, then, now, machine);
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

    /// <summary>What changed without the kernel. Within half of the tolerance it is what differs from run to run, and taking that off would only add it twice.</summary>
    private static double IdleChange(ExactFigure then, MeasuredMetric now) =>
        now.Idle - then.Idle is { } change && Math.Abs(change) > (then.RelativeTolerance ?? 0) / 2 * then.Idle ? change : 0;
}
