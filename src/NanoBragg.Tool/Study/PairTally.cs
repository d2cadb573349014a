namespace NanoBragg.Tool.Study;

/// <summary>What a rule said about pairs of runs. The pairs share runs, so their number says less than as many trials would.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Alarms">In how many of them the rule called the later run slower.</param>
/// <param name="CannotTell">In how many of them the rule refused to say.</param>
internal readonly record struct PairTally(int Pairs, int Alarms, int CannotTell)
{
    /// <summary>Adds one more pair.</summary>
    /// <param name="alarm">Whether the rule called it slower; null where it refused to say.</param>
    /// <returns>The tally with it.</returns>
    public PairTally With(bool? alarm) => new(Pairs + 1, Alarms + (alarm == true ? 1 : 0), CannotTell + (alarm is null ? 1 : 0));
}
