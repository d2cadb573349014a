using NanoBragg.Tool.Measurement.Yardsticks;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>A yardstick of this process, and what it has taken so far.</summary>
internal sealed class TimedYardstick : IDisposable
{
    private const int MaxUnits = 16;

    private readonly IYardstick _yardstick;
    private double _cpuSeconds;
    private long _units;
    private double _checksum;

    /// <summary>Makes a yardstick ready: its code is compiled and its buffers are touched.</summary>
    /// <exception cref="UserError">There is none of that name.</exception>
    public TimedYardstick(string name)
    {
        Name = name;
        _yardstick = YardstickCatalogue.Create(name);
        _checksum = _yardstick.Run(1);
    }

    /// <summary>Gets the name with version.</summary>
    public string Name { get; }

    /// <summary>Gets units per CPU second over all samples of this process.</summary>
    public double Rate => _units / _cpuSeconds;

    /// <summary>Gets whether any sample has been taken.</summary>
    public bool WasUsed => _units > 0;

    /// <summary>Chooses how many units stand beside a batch, so that both take about as long.</summary>
    /// <param name="batchSeconds">CPU time of the batch, s.</param>
    public int UnitsBeside(double batchSeconds)
    {
        var unit = Math.Min(Sample(1), Sample(1));
        return (int)Math.Clamp(Math.Ceiling(batchSeconds / unit), 1, MaxUnits);
    }

    /// <summary>Times some units.</summary>
    /// <returns>CPU seconds a unit.</returns>
    public double Sample(int units)
    {
        var before = ProcessClock.CpuSeconds();
        _checksum += _yardstick.Run(units);
        var seconds = ProcessClock.CpuSeconds() - before;
        _cpuSeconds += seconds;
        _units += units;
        return seconds / units;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Keeps the work from being optimised away.
        GC.KeepAlive(_checksum);
        _yardstick.Dispose();
    }
}
