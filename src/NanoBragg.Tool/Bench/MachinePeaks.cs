namespace NanoBragg.Tool.Bench;

/// <summary>What the machine does at most with the threads of a run.</summary>
/// <param name="FloatGigaflops">Multiply-adds of float in registers, 10⁹ operations a second.</param>
/// <param name="DoubleGigaflops">The same of double.</param>
/// <param name="TriadGigabytesPerSecond">STREAM's triad, 10⁹ bytes a second.</param>
internal sealed record MachinePeaks(double FloatGigaflops, double DoubleGigaflops, double TriadGigabytesPerSecond)
{
    /// <summary>Measures the peaks, in about a second.</summary>
    /// <param name="threads">Threads at once.</param>
    public static MachinePeaks Measure(int threads) => new(FmaPeak.Float(threads), FmaPeak.Double(threads), TriadPeak.Measure(threads));

    /// <summary>Takes the better figures of two measurements: other work can only make a peak smaller.</summary>
    /// <param name="other">The other measurement.</param>
    public MachinePeaks Better(MachinePeaks other) => new(
        Math.Max(FloatGigaflops, other.FloatGigaflops),
        Math.Max(DoubleGigaflops, other.DoubleGigaflops),
        Math.Max(TriadGigabytesPerSecond, other.TriadGigabytesPerSecond));
}
