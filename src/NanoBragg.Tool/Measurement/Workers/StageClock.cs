using System.Runtime;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Splits the life of the worker into stages, so that what a kernel costs is told apart from what its process costs.</summary>
internal sealed class StageClock
{
    private readonly List<WorkerStage> _stages = [];
    private double _wall;
    private double _cpu;
    private double _jit;

    /// <summary>Starts the clock; what has passed of the process's life is the first stage.</summary>
    /// <param name="startupSeconds">Wall seconds since the process was started.</param>
    public StageClock(double startupSeconds)
    {
        _wall = ProcessClock.WallSeconds() - startupSeconds;
        End("runtime start");
    }

    /// <summary>Gets the stages so far, in the order in which they first ended. They add up to the process's life until the last <see cref="End"/>.</summary>
    public IReadOnlyList<WorkerStage> Stages => _stages;

    /// <summary>Ends a stage; one that comes again is added to.</summary>
    public void End(string name)
    {
        var (wall, cpu, jit) = (ProcessClock.WallSeconds(), ProcessClock.CpuSeconds(), JitInfo.GetCompilationTime().TotalSeconds);
        var at = _stages.FindIndex(stage => stage.Name == name);
        var before = at < 0 ? new WorkerStage(name, 0, 0, 0) : _stages[at];
        var after = new WorkerStage(name, before.WallSeconds + wall - _wall, before.CpuSeconds + cpu - _cpu, before.JitSeconds + jit - _jit);
        if (at < 0)
        {
            _stages.Add(after);
        }
        else
        {
            _stages[at] = after;
        }

        (_wall, _cpu, _jit) = (wall, cpu, jit);
    }
}
