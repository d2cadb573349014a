using System.Reflection;
using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>A <c>KernelRun</c> of the assembly under test, read by member name: members that its version lacks have their defaults.</summary>
internal sealed class PreparedKernel
{
    private readonly Func<IReadOnlyDictionary<string, double>>? _check;
    private readonly Func<IReadOnlyDictionary<string, double>>? _machineFigures;

    /// <summary>Reads what a benchmark's preparing method returned.</summary>
    /// <exception cref="UserError">It is null, or a member makes no sense.</exception>
    public PreparedKernel(object? run)
    {
        if (run is null)
        {
            throw new UserError("preparing returned null instead of a KernelRun");
        }

        var call = Member<Action?>(run, "Call", null) ?? throw new UserError("the KernelRun has no Call");
        Timed = new(call, Member<Func<double>?>(run, "DeviceSeconds", null));
        Steps = Member(run, "Steps", 1.0);
        StepUnit = Member(run, "StepUnit", "calls");
        Bytes = Member(run, "Bytes", 0.0);
        Threads = Member(run, "Threads", 1);
        _check = Member<Func<IReadOnlyDictionary<string, double>>?>(run, "Check", null);
        _machineFigures = Member<Func<IReadOnlyDictionary<string, double>>?>(run, "MachineFigures", null);
        DeviceCode = Member<string?>(run, "DeviceSource", null) is { } source ? new(source, Member(run, "DeviceOptions", "")) : null;
        NotAvailable = Member<string?>(run, "NotAvailable", null) is { } why ? BenchmarkAssembly.OneLine(why) : null;
        if (!double.IsFinite(Steps) || Steps <= 0 || !double.IsFinite(Bytes) || Bytes < 0 || Threads < 1)
        {
            throw new UserError("the KernelRun must have positive, finite Steps, finite Bytes not below 0, and at least one of Threads");
        }
    }

    /// <summary>Gets the call to be timed.</summary>
    public Action Call => Timed.Call;

    /// <summary>Gets the call with the clock that times it.</summary>
    public TimedCall Timed { get; }

    /// <summary>Gets the units of useful work that a call does.</summary>
    public double Steps { get; }

    /// <summary>Gets what <see cref="Steps"/> counts.</summary>
    public string StepUnit { get; }

    /// <summary>Gets the bytes that a call moves, or 0.</summary>
    public double Bytes { get; }

    /// <summary>Gets the threads that a call keeps busy.</summary>
    public int Threads { get; }

    /// <summary>Gets what the call runs on a device, or null.</summary>
    public DeviceCode? DeviceCode { get; }

    /// <summary>Gets why this machine cannot run the call, or null.</summary>
    public string? NotAvailable { get; }

    /// <summary>Gets why nothing is read of what this process does for the call; null where it does the work itself.</summary>
    public string? OnDevice => Timed.DeviceSeconds is null ? null : "it runs on a device, and what its driver does in this process is not the kernel's";

    /// <summary>Prepares a case.</summary>
    /// <exception cref="UserError">What it returned is no kernel.</exception>
    /// <exception cref="Exception">Whatever preparing throws.</exception>
    public static PreparedKernel Of(Benchmark benchmark, BenchmarkCase benchmarkCase) =>
        new(benchmark.Prepare.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, benchmarkCase.Arguments, culture: null));

    /// <summary>Checks the last call's result.</summary>
    /// <returns>Its figures; none where there is no check.</returns>
    /// <exception cref="UserError">A figure is no finite number.</exception>
    /// <exception cref="Exception">Whatever the check throws.</exception>
    public IReadOnlyDictionary<string, double> Figures() => Finite(_check);

    /// <summary>Gets what is the same in every run on machines of one kind, after a call.</summary>
    /// <returns>The figures; none where there are none.</returns>
    /// <exception cref="UserError">A figure is no finite number.</exception>
    /// <exception cref="Exception">Whatever the benchmark's function throws.</exception>
    public IReadOnlyDictionary<string, double> MachineFigures() => Finite(_machineFigures);

    private static Dictionary<string, double> Finite(Func<IReadOnlyDictionary<string, double>>? function)
    {
        var figures = new Dictionary<string, double>();
        foreach (var (name, value) in function?.Invoke() ?? figures)
        {
            if (!double.IsFinite(value))
            {
                throw new UserError($"its figure '{name}' is {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}, which is not a finite number");
            }

            figures.Add(name, value);
        }

        return figures;
    }

    private static T Member<T>(object run, string name, T absent) =>
        run.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(run) is T value ? value : absent;
}
