using System.Text.Json.Serialization;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Measurement.Resources;

namespace NanoBragg.Tool.Measurement;

/// <summary>The result of <c>measure</c>: what one run found, ready to be judged, stored and reported. Serialised as JSON.</summary>
internal sealed record MeasuredRun
{
    /// <summary>Gets the version of this JSON layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Gets the version of the tool that measured.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Gets the simple name of the assembly under test.</summary>
    public required string Assembly { get; init; }

    /// <summary>Gets the package version of the assembly under test, as NuGet writes it; baseline entries name ranges of it.</summary>
    public required string KernelVersion { get; init; }

    /// <summary>Gets the package version of the base assembly that was timed beside it, or null where there was none.</summary>
    public string? BaseVersion { get; init; }

    /// <summary>Gets the hash of that base where it is the one that the baseline pinned then, or null.</summary>
    public string? BasePin { get; init; }

    /// <summary>Gets the hash that a baseline would pin if the measured assembly became its base; null where it is not known.</summary>
    public string? AssemblyPin { get; init; }

    /// <summary>Gets why the base that the baseline pins was not timed beside it; null where it was, or where nobody asked for it.</summary>
    public string? BaseAbsence { get; init; }
    /// <summary>Gets a hash of what the figures depend on, see <see cref="Identity.RunIdentity"/>; null where it is not known.</summary>
    public string? Key { get; init; }

    /// <summary>Gets a hash of what they were held against while measuring, see <see cref="Identity.RunIdentity"/>; null where it is not known.</summary>
    public string? BaseKey { get; init; }

    /// <summary>Gets the scenarios that were asked for, by name; empty for all that the assembly declares.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Gets the machine that measured.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets how many fresh worker processes took part.</summary>
    public required int Workers { get; init; }

    /// <summary>Gets how many worker processes were killed from outside and replaced; null for none.</summary>
    public int? ReplacedWorkers { get; init; }

    /// <summary>Gets what disturbed the run.</summary>
    public required Contention Contention { get; init; }

    /// <summary>Gets the cases, in the order of their names.</summary>
    public required IReadOnlyList<MeasuredCase> Cases { get; init; }

    /// <summary>Gets the figures that compare two cases of a scenario: means over the workers. Reported, never judged by the gate.</summary>
    public IReadOnlyList<ComparisonReport> Comparisons { get; init; } = [];
}

/// <summary>What was measured of one case of one scenario.</summary>
internal sealed record MeasuredCase
{
    /// <summary>Gets the name that the baseline uses: <c>scenario</c>, or <c>scenario/case</c> where the scenario has cases.</summary>
    public required string Name { get; init; }

    /// <summary>Gets why the case has no figures (it threw, or its result is wrong), or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets why this machine cannot run the case, or null. What can be told without running it is there.</summary>
    public string? NotAvailable { get; init; }

    /// <summary>Gets why figures of what it runs on a device are not there, by their names; null where it runs nothing there.</summary>
    public IReadOnlyDictionary<string, string>? FiguresNotAvailable { get; init; }

    /// <summary>Gets figures of what it runs on a device that are exact on machines of one kind, sorted by name.</summary>
    public IReadOnlyList<MeasuredMetric> DevicePins { get; init; } = [];

    /// <summary>Gets why the base assembly was not timed beside the case, or null where it was, or where there is none.</summary>
    public string? BaseAbsence { get; init; }

    /// <summary>Gets the identity of its scenario's code, see <see cref="Identity.CodeIdentity"/>; null where it is not known.</summary>
    public string? Identity { get; init; }

    /// <summary>Gets whether the base assembly has the same code for it, so that the two were not timed against each other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SameCodeAsBase { get; init; }

    /// <summary>Gets the metrics, sorted by name, then yardstick (ordinal).</summary>
    public required IReadOnlyList<MeasuredMetric> Metrics { get; init; }

    /// <summary>Gets what the JIT made of the case; null where the case failed.</summary>
    public MeasuredCode? Code { get; init; }

    /// <summary>Gets what a process uses that runs the case alone; null where the case failed.</summary>
    public MeasuredResources? Resources { get; init; }

    /// <summary>Gets the figures that are exact on machines of one fingerprint: of the code, and of what a process uses.</summary>
    [JsonIgnore]
    public IEnumerable<MeasuredMetric> Pins => (Code?.Pins ?? []).Concat(Resources?.Pins ?? []).Concat(DevicePins);

    /// <summary>Gets whether what is not timed, code and use of resources, is taken of the base, too: it has the case, and other code for it.</summary>
    /// <param name="options">What is measured.</param>
    public bool HasOtherCodeThanBase(MeasureOptions options) => options.BaseAssemblyPath is not null && !SameCodeAsBase && BaseAbsence is null;

    /// <summary>Tells why this machine cannot give a figure.</summary>
    /// <param name="name">The figure's name.</param>
    /// <returns>Why, one line; null where nothing is in its way.</returns>
    public string? WhyWithout(string name) => FiguresNotAvailable?.GetValueOrDefault(name) ?? NotAvailable;
}

/// <summary>One figure.</summary>
internal sealed record MeasuredMetric
{
    /// <summary>Gets the name, in camel case. A ratio appears once for each yardstick, under the same name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the yardstick that a ratio counts in, name with version, such as <c>fma-1</c>; null for other kinds.</summary>
    public string? Yardstick { get; init; }

    /// <summary>Gets how it is judged.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Gets the unit, such as <c>B</c>, <c>s</c>, <c>GB/s</c>, <c>steps</c>; a ratio's is <c>×</c>, a multiple of its yardstick.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets which direction is an improvement.</summary>
    public required Better Better { get; init; }

    /// <summary>Gets the value: for a ratio, the median over worker processes.</summary>
    public required double Value { get; init; }

    /// <summary>Gets the value that the base assembly had: of an exact metric in the same process, of a pin in processes of its own beside the candidate's, and of several that which comes nearest; null where there is none.</summary>
    public double? Base { get; init; }

    /// <summary>Gets the metric with the value that the base has for it.</summary>
    /// <param name="others">The base's metrics of the same sort; none where they are not known.</param>
    public MeasuredMetric Beside(IReadOnlyList<MeasuredMetric> others) => this with
    {
        Base = others.FirstOrDefault(other => other.Name == Name && other.Unit == Unit) is { } other ? Math.Clamp(Value, other.Value, other.Most ?? other.Value) : null,
    };

    /// <summary>Gets the most that one of several processes used, of a pin that counts a whole process, whose <see cref="Value"/> is the least; null for other metrics.</summary>
    public double? Most { get; init; }

    /// <summary>Gets what a process that runs no case uses, of a pin that counts a whole process: the share of the tool and the runtime, which may change without the kernel.</summary>
    public double? Idle { get; init; }

    /// <summary>Gets the values of the separate worker processes, in order; for a ratio, a duet and wall times only.</summary>
    public IReadOnlyList<double>? Groups { get; init; }

    /// <summary>Gets the relative change of an exact metric that is still the same value.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>Gets the absolute change of an exact metric that is still the same value, in <see cref="Unit"/>.</summary>
    public double AbsoluteTolerance { get; init; }
}

/// <summary>How a metric is judged.</summary>
internal enum MetricKind
{
    /// <summary>The same on every machine and in every run: any change past a tiny tolerance counts.</summary>
    Exact,

    /// <summary>Machine-bound: CPU time as a multiple of a yardstick measured in the same run, judged by a confidence bound.</summary>
    Ratio,

    /// <summary>CPU time as a multiple of the base assembly's, timed in turns in the same process: holds on any machine, never stored.</summary>
    Duet,

    /// <summary>Reported, never judged.</summary>
    Info,

    /// <summary>
    /// Read from the code that the JIT made, or from what a process uses that does a fixed amount of work: no clock has to do with it, and it is bound to the
    /// machine's fingerprint. Some are kept in the baseline by themselves, others only where the user asks for them by name.
    /// </summary>
    Pin,
}

/// <summary>Which direction of a metric is an improvement.</summary>
internal enum Better
{
    /// <summary>Less is better: time, bytes.</summary>
    Lower,

    /// <summary>More is better: throughput.</summary>
    Higher,

    /// <summary>Any change is wrong: the figures of a result.</summary>
    Equal,
}

/// <summary>The stable properties of a machine that decide whether machine-bound figures may be compared. Holds no name of host, user or path.</summary>
internal sealed record MachineFingerprint
{
    /// <summary>Gets a short readable identifier derived from all other fields, such as <c>amd-25-1-2cpu-linux-x64-4f1c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the processor: vendor, family and model, such as <c>AuthenticAMD 25/1</c>.</summary>
    public required string Processor { get; init; }

    /// <summary>Gets the widest instruction sets that the runtime uses, such as <c>avx2+fma</c>.</summary>
    public required string InstructionSets { get; init; }

    /// <summary>Gets the number of processors that the process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>Gets the operating system and architecture, such as <c>linux-x64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Gets the runtime's major and minor version, such as <c>.NET 10.0</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Gets the GPUs and the branch of their driver, such as <c>NVIDIA H100 80GB HBM3, driver 550</c>; null where the system tells of none.</summary>
    public string? Graphics { get; init; }
}

/// <summary>Evidence of other work on the machine during a run.</summary>
internal sealed record Contention
{
    /// <summary>Gets the load averaged over a minute, before the run; null where the system does not tell.</summary>
    public double? LoadBefore { get; init; }

    /// <summary>Gets the load averaged over a minute, after the run.</summary>
    public double? LoadAfter { get; init; }

    /// <summary>Gets the share of the run's time that some task waited for a processor (pressure stall information), 0 to 1.</summary>
    public double? CpuPressure { get; init; }

    /// <summary>Gets the share of processor time that the hypervisor took away, 0 to 1.</summary>
    public double? Steal { get; init; }

    /// <summary>Gets the share of the run's time that a quota (a container's limit) kept threads from running, 0 to 1.</summary>
    public double? Throttled { get; init; }

    /// <summary>Gets the share of the workers' time that their measuring thread was ready and waited for a processor, 0 to 1.</summary>
    public double? RunQueueWait { get; init; }

    /// <summary>Gets involuntary context switches per second of the workers' wall time.</summary>
    public double? InvoluntarySwitchesPerSecond { get; init; }
}
