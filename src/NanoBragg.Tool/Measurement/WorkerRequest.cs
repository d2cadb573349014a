using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Measurement;

/// <summary>What a worker process is asked to do. It travels as JSON in a file that the worker is given as its only argument.</summary>
internal sealed record WorkerRequest
{
    /// <summary>Gets the full path of the assembly under test.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Gets the scenarios to run, by name; empty for all.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Gets the timed samples of each case. A sample is one batch of calls beside one batch of the yardstick.</summary>
    public required int Samples { get; init; }

    /// <summary>
    /// Gets the shortest batch worth timing, seconds of CPU time; short calls are repeated until a batch takes this long. 0 times single calls, after a
    /// short warm-up: quick, and right for kernels whose code is final from the first call.
    /// </summary>
    public required double BatchSeconds { get; init; }

    /// <summary>
    /// Gets the processor that the worker pins itself to, or null to run where the system puts it. Cases that keep several threads busy run unpinned.
    /// </summary>
    public int? Processor { get; init; }

    /// <summary>Gets the yardsticks timed beside each case, by name with version, such as <c>fma-1</c>; none where empty. See <see cref="Yardsticks.YardstickCatalogue"/>.</summary>
    public IReadOnlyList<string> Yardsticks { get; init; } = [];

    /// <summary>Gets the one case, <c>scenario</c> or <c>scenario/case</c>, that is run only until its code is final, for the runtime to list it; null to measure.</summary>
    public string? OnlyFinalCodeOf { get; init; }

    /// <summary>Gets the delay of <see cref="WorkerEnvironment.ListedCode"/> that this worker runs under.</summary>
    public TimeSpan ListedCodeDelay { get; init; }

    /// <summary>
    /// Gets the one case, <c>scenario</c> or <c>scenario/case</c>, that is prepared and called a fixed number of times, for what its process uses; an empty text for a process
    /// that runs no case; null to measure.
    /// </summary>
    public string? OnlyFixedCallsOf { get; init; }

    /// <summary>Gets the full path of the base build of the assembly under test, timed beside it case by case; null for none.</summary>
    public string? BaseAssemblyPath { get; init; }

    /// <summary>Gets the scenarios whose code in the base is the same, so that they are not timed against it.</summary>
    public IReadOnlyList<string> SameAsBase { get; init; } = [];

    /// <summary>
    /// Gets whether the base's side of a case is prepared and called before the candidate's. Which is first decides where their pages lie, and which of them
    /// waits for code that both need to be compiled.
    /// </summary>
    public bool BaseFirst { get; init; }

    /// <summary>Gets whether yardsticks are timed, too, where the base is; they always are where it is not.</summary>
    public bool YardsticksBesideBase { get; init; }

    /// <summary>Gets whether the figures are taken that are the same in every process on machines of one kind: once in a run is enough, and a driver may take long.</summary>
    public bool TakesMachineFigures { get; init; }

    /// <summary>Gets the share of work, 0.05 for 5 %, that the candidate's proof kernels do more than the base's; see <see cref="Workers.InjectedWork"/>.</summary>
    public double InjectedWork { get; init; }

    /// <summary>Gets where the worker writes its <see cref="WorkerReport"/>. <see cref="WorkerLauncher"/> chooses it; what a caller sets is not used.</summary>
    public string ReportPath { get; init; } = "";
}

/// <summary>What a worker process found. Written to <see cref="WorkerRequest.ReportPath"/> when the worker ends.</summary>
internal sealed record WorkerReport
{
    /// <summary>
    /// Gets why nothing could be measured at all (no such assembly, no benchmarks, unknown scenario …): one line that says what to do.
    /// Null when the cases ran, whether or not each of them went well.
    /// </summary>
    public string? Failure { get; init; }

    /// <summary>Gets the simple name of the assembly under test; empty where it could not be loaded.</summary>
    public required string Assembly { get; init; }

    /// <summary>Gets the package version of the assembly under test; empty where it could not be loaded.</summary>
    public required string KernelVersion { get; init; }

    /// <summary>Gets the package version of the base assembly, or null where there is none.</summary>
    public string? BaseVersion { get; init; }

    /// <summary>Gets seconds from the start of the process to the first line of the worker's own code (runtime start).</summary>
    public required double StartupSeconds { get; init; }

    /// <summary>Gets seconds from the start of the process to the moment before this report was written.</summary>
    public required double SessionSeconds { get; init; }

    /// <summary>Gets the peak resident memory of the process (VmHWM), bytes; null where the system does not tell.</summary>
    public long? PeakResidentBytes { get; init; }

    /// <summary>Gets seconds for which the measuring thread was ready and waited for a processor; null where the system does not tell.</summary>
    public double? RunQueueWaitSeconds { get; init; }

    /// <summary>Gets methods that the JIT compiled, and the seconds it took.</summary>
    public required int JitMethods { get; init; }

    /// <summary>Gets the seconds that the JIT took.</summary>
    public required double JitSeconds { get; init; }

    /// <summary>Gets the stages of the process's life until this report was written.</summary>
    public IReadOnlyList<WorkerStage> Stages { get; init; } = [];

    /// <summary>Gets garbage collections of all generations.</summary>
    public required int GarbageCollections { get; init; }

    /// <summary>Gets the yardsticks measured in this process: units of each per CPU second, by name with version, such as <c>fma-1</c>.</summary>
    public required IReadOnlyDictionary<string, double> YardstickRates { get; init; }

    /// <summary>Gets the cases that the assembly declares for the scenarios asked for, by the baseline's names; each of them is in <see cref="Cases"/>.</summary>
    public IReadOnlyList<string> Declared { get; init; } = [];

    /// <summary>Gets the cases, in the order that they ran.</summary>
    public required IReadOnlyList<CaseReport> Cases { get; init; }

    /// <summary>Gets the figures that compare two cases of a scenario, in the order declared; those whose cases both ran.</summary>
    public IReadOnlyList<ComparisonReport> Comparisons { get; init; } = [];
}

/// <summary>A part of a worker's life.</summary>
/// <param name="Name">What it did.</param>
/// <param name="WallSeconds">Wall time, s.</param>
/// <param name="CpuSeconds">CPU time of all threads, s.</param>
/// <param name="JitSeconds">What of it the JIT took, s.</param>
internal sealed record WorkerStage(string Name, double WallSeconds, double CpuSeconds, double JitSeconds)
{
    /// <summary>The stage that is the kernels' own cost.</summary>
    public const string TimedCalls = "timed calls";
}

/// <summary>The rate of one case of a scenario divided by that of another (<c>KernelComparison</c>).</summary>
internal sealed record ComparisonReport
{
    /// <summary>Gets the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the figure's name, lower case, words joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the case whose rate is divided.</summary>
    public required string Numerator { get; init; }

    /// <summary>Gets the case that it is divided by.</summary>
    public required string Denominator { get; init; }

    /// <summary>Gets which rate: <c>steps</c>, <c>wall-steps</c>, <c>bytes</c> or <c>first-call</c>.</summary>
    public required string Rate { get; init; }

    /// <summary>Gets the quotient of the two rates (of medians over samples; in a run of several workers the mean over them).</summary>
    public required double Value { get; init; }

    /// <summary>Gets the lowest acceptable value, or null.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Gets the highest acceptable value, or null.</summary>
    public double? AtMost { get; init; }

    /// <summary>Gets whether the value lies within its limits.</summary>
    public bool Passes => !(Value < AtLeast) && !(Value > AtMost);
}

/// <summary>What a worker process found of one case.</summary>
internal sealed record CaseReport
{
    /// <summary>Gets the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the case, or an empty string where the scenario has none.</summary>
    public required string Case { get; init; }

    /// <summary>Gets why there are no figures: what the kernel or its check threw; null when all went well.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets why this machine cannot run the case, one line; null where it can. There are no times and no figures then.</summary>
    public string? NotAvailable { get; init; }

    /// <summary>Gets whether the case is timed by a device's clock, which <see cref="CpuSeconds"/> then holds.</summary>
    public bool OnDevice { get; init; }

    /// <summary>Gets what the case runs on a device, or null.</summary>
    public DeviceCode? DeviceCode { get; init; }

    /// <summary>Gets the figures that are the same in every run on machines of one kind.</summary>
    public IReadOnlyDictionary<string, double> MachineFigures { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets units of work a call, as the benchmark counts them.</summary>
    public double Steps { get; init; }

    /// <summary>Gets what <see cref="Steps"/> counts.</summary>
    public string StepUnit { get; init; } = "calls";

    /// <summary>Gets bytes moved a call, 0 where the benchmark names none.</summary>
    public double Bytes { get; init; }

    /// <summary>Gets the threads that a call keeps busy.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the managed bytes that a call allocates (smallest of the repeats).</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Gets the figures of the result, as the benchmark's check returned them.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets seconds of preparing (not timed as the kernel's).</summary>
    public double PrepareSeconds { get; init; }

    /// <summary>Gets wall seconds of the first call: JIT and first touch included.</summary>
    public double FirstCallSeconds { get; init; }

    /// <summary>Gets the first call's CPU time as a multiple of the base's first call's; null where there is no base.</summary>
    public double? FirstCallRatio { get; init; }

    /// <summary>Gets calls per sample.</summary>
    public int CallsPerSample { get; init; } = 1;

    /// <summary>Gets wall seconds of one call, sample by sample, in the order taken.</summary>
    public IReadOnlyList<double> WallSeconds { get; init; } = [];

    /// <summary>Gets CPU seconds (all threads of the process) of one call, sample by sample.</summary>
    public IReadOnlyList<double> CpuSeconds { get; init; } = [];

    /// <summary>
    /// Gets CPU time of one call as a multiple of one unit of the yardstick beside it, sample by sample; by yardstick name with version. Under
    /// <see cref="BaseReport.Yardstick"/>: of one call of the base assembly's kernel.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Ratios { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>Gets what the base assembly made of the case; null where no base was asked for.</summary>
    public BaseReport? Base { get; init; }

    /// <summary>Gets how far the case raised resident memory above where it stood before preparing, bytes; null where the system does not tell, or a base was prepared beside it.</summary>
    public long? ResidentGrowthBytes { get; init; }

    /// <summary>Gets instructions that a call retires in user space, of <see cref="WorkerRequest.OnlyFixedCallsOf"/>; null where they are not counted.</summary>
    public double? Instructions { get; init; }

    /// <summary>Gets why instructions are not counted, or null.</summary>
    public string? InstructionsNotAvailable { get; init; }

    /// <summary>Gets minor page faults during the timed samples, per call; null where the system does not tell.</summary>
    public double? MinorFaultsPerCall { get; init; }
}

/// <summary>What a worker process found of one case in the base assembly.</summary>
internal sealed record BaseReport
{
    /// <summary>The name that the base has among the yardsticks.</summary>
    public const string Yardstick = "base";

    /// <summary>Says that the base has no such case.</summary>
    public const string Lacking = "it does not have this case";

    /// <summary>Gets why the base was not timed (it lacks the case, or its kernel threw), or null.</summary>
    public string? Absence { get; init; }

    /// <summary>Gets units of work a call.</summary>
    public double Steps { get; init; }

    /// <summary>Gets what the case runs on a device, or null.</summary>
    public DeviceCode? DeviceCode { get; init; }

    /// <summary>Gets the managed bytes that a call allocates (smallest of the repeats).</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Gets the figures of the result.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
}
