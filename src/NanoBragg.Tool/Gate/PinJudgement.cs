using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges what the baseline pins of the code that the JIT made on this machine. A pin that the baseline lacks is not judged: it is evidence, and a baseline
/// from before there were pins stays valid.
/// </summary>
internal static class PinJudgement
{
    /// <summary>Judges a case.</summary>
    /// <param name="measured">What was measured; it did not fail.</param>
    /// <param name="entry">The entry that applies, or null.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <returns>A comparison for each pin of the baseline; <see cref="Outcome.Missing"/> where the code could not be read.</returns>
    public static IEnumerable<Comparison> Judge(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine)
    {
        foreach (var (name, then) in entry?.Pins.GetValueOrDefault(machine.Id) ?? Baseline.Ordinal<ExactFigure>())
        {
            yield return measured.Code?.Pins.FirstOrDefault(pin => pin.Name == name) is { } now
                ? ExactJudgement.Judge(measured.Name, then, now) with { Kind = MetricKind.Pin, Machine = machine.Id, Where = measured.Code.Culprit(name) }
                : new()
                {
                    Scenario = measured.Name,
                    Metric = name,
                    Kind = MetricKind.Pin,
                    Unit = then.Unit,
                    Machine = machine.Id,
                    Then = then.Value,
                    Outcome = Outcome.Missing,
                    Where = measured.Code?.NotAvailable,
                };
        }
    }
}
