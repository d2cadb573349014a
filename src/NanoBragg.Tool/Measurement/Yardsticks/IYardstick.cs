namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary>
/// A fixed piece of work that kernels are measured against. Ratios in committed baselines count in it, so what it computes and how is frozen: any change
/// makes a new version with a new name. Implementations live in classes without static state, whose code is compiled once, fully optimised.
/// </summary>
internal interface IYardstick : IDisposable
{
    /// <summary>Does some units of work, about a millisecond each.</summary>
    /// <param name="units">How many.</param>
    /// <returns>A value that depends on the work.</returns>
    double Run(int units);
}
