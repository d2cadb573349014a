using System.Globalization;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Says whether other work disturbed a run so much that its machine-bound figures must not become the reference. Judging bears noise, because
/// its bounds grow with it; a reference that was taken in noise is wrong for everybody who is compared with it.
/// </summary>
internal static class Interference
{
    /// <summary>Says what disturbed the machine.</summary>
    /// <param name="contention">The evidence; what the system does not tell is no evidence.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The words, or null where the machine was quiet.</returns>
    public static string? OfMachine(Contention contention, GatePolicy policy) =>
        contention.CpuPressure > policy.MostCpuPressure ? $"some task waited for a processor {Percent(contention.CpuPressure.Value)} of the time, allowed {Percent(policy.MostCpuPressure)}"
        : contention.Steal > policy.MostSteal ? $"the host took away {Percent(contention.Steal.Value)} of the processor time, allowed {Percent(policy.MostSteal)}"
        : null;

    /// <summary>Says what disturbed one figure.</summary>
    /// <param name="groups">The values of the worker processes, above zero.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The words, or null where the processes agree.</returns>
    public static string? OfFigure(IReadOnlyList<double> groups, GatePolicy policy) =>
        RatioJudgement.SpreadOf(groups) is var spread && spread > policy.MostSpread
            ? $"the spread between worker processes is {Percent(spread)}, allowed {Percent(policy.MostSpread)}"
            : null;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
