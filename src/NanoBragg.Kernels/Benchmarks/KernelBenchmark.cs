// The whole contract between a benchmarked assembly and the tool that measures it. NanoBragg.Kernels makes these types public; the NanoBragg.Build
// package compiles this same file into the user's project as internal types. The tool finds them by full name and reads them by member name,
// so both ends may be of different versions.
// Type names are written in full because that project may have no implicit usings.
#nullable enable

namespace NanoBragg;

/// <summary>
/// Marks a static method that prepares a kernel benchmark. The method returns a <see cref="KernelRun"/>; its parameters, if any,
/// are given by one or more <see cref="KernelCaseAttribute"/>. Preparing is not timed.
/// </summary>
[System.AttributeUsage(System.AttributeTargets.Method, Inherited = false)]
#if NANOBRAGG_KERNELS
public
#else
internal
#endif
sealed class KernelBenchmarkAttribute : System.Attribute
{
    /// <summary>Marks a benchmark.</summary>
    /// <param name="name">The scenario's name: lower case, words joined by hyphens, unique in the assembly.</param>
    public KernelBenchmarkAttribute(string name) => Name = name;

    /// <summary>Gets the scenario's name.</summary>
    public string Name { get; }

    /// <summary>Gets or sets one sentence that says what is measured, for <c>dotnet nanobragg list</c>.</summary>
    public string Measures { get; set; } = "";
}

/// <summary>One case of a scenario: the arguments of the method that prepares it.</summary>
[System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
#if NANOBRAGG_KERNELS
public
#else
internal
#endif
sealed class KernelCaseAttribute : System.Attribute
{
    /// <summary>Adds a case.</summary>
    /// <param name="arguments">The method's arguments: strings, numbers, booleans. Joined by hyphens they name the case.</param>
    public KernelCaseAttribute(params object[] arguments) => Arguments = arguments;

    /// <summary>Gets the method's arguments.</summary>
    public object[] Arguments { get; }

    /// <summary>Gets or sets the case's name; by default the arguments joined by hyphens.</summary>
    public string? Name { get; set; }
}

/// <summary>A figure of a scenario that compares two of its cases, such as a speed-up: rate of one divided by rate of the other.</summary>
[System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
#if NANOBRAGG_KERNELS
public
#else
internal
#endif
sealed class KernelComparisonAttribute : System.Attribute
{
    /// <summary>Adds a comparison.</summary>
    /// <param name="name">The figure's name, lower case, words joined by hyphens.</param>
    /// <param name="numerator">The case whose rate is divided.</param>
    /// <param name="denominator">The case that it is divided by.</param>
    public KernelComparisonAttribute(string name, string numerator, string denominator)
    {
        Name = name;
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>Gets the figure's name.</summary>
    public string Name { get; }

    /// <summary>Gets the case whose rate is divided.</summary>
    public string Numerator { get; }

    /// <summary>Gets the case that it is divided by.</summary>
    public string Denominator { get; }

    /// <summary>Gets or sets which rate: <c>steps</c> per CPU second (default), <c>wall-steps</c> per wall second, <c>bytes</c> per wall second, or <c>first-call</c> seconds.</summary>
    public string Rate { get; set; } = "steps";

    /// <summary>Gets or sets the lowest value that is acceptable; NaN where there is no floor.</summary>
    public double AtLeast { get; set; } = double.NaN;

    /// <summary>Gets or sets the highest value that is acceptable; NaN where there is no ceiling.</summary>
    public double AtMost { get; set; } = double.NaN;
}

/// <summary>A prepared kernel: what to call, how much work a call is, and how to tell that its result is right.</summary>
#if NANOBRAGG_KERNELS
public
#else
internal
#endif
sealed class KernelRun
{
    /// <summary>Wraps the call to be timed.</summary>
    /// <param name="call">One call of the kernel; each call does the same work and leaves the same result.</param>
    public KernelRun(System.Action call) => Call = call;

    /// <summary>Gets the call to be timed.</summary>
    public System.Action Call { get; }

    /// <summary>Gets the units of useful work that a call does. Gated exactly.</summary>
    public double Steps { get; init; } = 1;

    /// <summary>Gets what <see cref="Steps"/> counts, in the plural, such as <c>pixels</c>.</summary>
    public string StepUnit { get; init; } = "calls";

    /// <summary>Gets the bytes that a call moves to and from memory, for the bandwidth figure; 0 where bandwidth says nothing.</summary>
    public double Bytes { get; init; }

    /// <summary>Gets the threads that a call keeps busy.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Gets a function that checks the result of the last call and returns its figures (sum, maximum, and so on), which are gated exactly.
    /// It throws where the result is wrong; the message is shown to the user.
    /// </summary>
    public System.Func<System.Collections.Generic.IReadOnlyDictionary<string, double>>? Check { get; init; }

    /// <summary>
    /// Gets the seconds that a device has worked for this kernel so far, by its own clock, where the call runs on one. The kernel is then timed by this clock instead of
    /// the processor's: against the base only, because the yardsticks are the processor's.
    /// </summary>
    public System.Func<double>? DeviceSeconds { get; init; }

    /// <summary>
    /// Gets what the call runs on a device, as OpenCL C 1.2; null where it runs on none. A compiler makes PTX of it, on machines without a device too, whose
    /// instructions are gated exactly.
    /// </summary>
    public string? DeviceSource { get; init; }

    /// <summary>Gets the compiler's options for <see cref="DeviceSource"/>, such as <c>-D N=8 -cl-mad-enable</c>.</summary>
    public string DeviceOptions { get; init; } = "";

    /// <summary>
    /// Gets a function that returns, after a call and in one process of several, figures that are the same in every run on machines of one kind, such as the registers that a driver gave the
    /// kernel. Gated exactly there; less is better.
    /// </summary>
    public System.Func<System.Collections.Generic.IReadOnlyDictionary<string, double>>? MachineFigures { get; init; }

    /// <summary>
    /// Gets why this machine cannot run the call, one line, such as the device that it lacks; null where it can. What can be told without running it
    /// (<see cref="Steps"/>, <see cref="DeviceSource"/>) still is; all else is reported as not available, and neither passes nor fails.
    /// </summary>
    public string? NotAvailable { get; init; }
}

/// <summary>
/// Buffers of a benchmark that the tool gives to both builds when it times one against the other: same pages, same caches. A kernel that is bound by memory
/// needs them; two buffers of its own differ by ten per cent or more by where their pages lie.
/// </summary>
/// <remarks>Each build prepares the same buffer, and both write their results to it: preparing must fill what the kernel reads, and a call must leave it as it was.</remarks>
#if NANOBRAGG_KERNELS
public
#else
internal
#endif
static class KernelBuffers
{
    /// <summary>Gets or sets where buffers come from: name, element type, length. The tool sets it; without it each buffer is new.</summary>
    internal static System.Func<string, System.Type, int, System.Array>? Source { get; set; }

    /// <summary>Gets a buffer. It does not move in memory.</summary>
    /// <typeparam name="T">The element, a number.</typeparam>
    /// <param name="name">The buffer's name, unique in the case.</param>
    /// <param name="length">Its elements.</param>
    /// <returns>The buffer; what it holds is not defined. Within a case the same name, type and length give the same buffer.</returns>
    public static T[] Shared<T>(string name, int length)
        where T : unmanaged => Source is { } source ? (T[])source(name, typeof(T), length) : System.GC.AllocateArray<T>(length, pinned: true);
}
