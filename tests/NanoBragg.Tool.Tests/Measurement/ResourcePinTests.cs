using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;
using NanoBragg.Tool.Measurement.Workers;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>What a process uses that runs one case alone.</summary>
public sealed class ResourcePinTests
{
    [Fact]
    public void A_process_that_does_the_same_uses_the_same_and_one_that_touches_more_memory_uses_more()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var first = Read("good", "touches-memory", "two-threads");
        var second = Read("good");

        var good = first["good"];
        foreach (var pin in good.Pins)
        {
            var again = second["good"].Pins.Single(other => other.Name == pin.Name);
            (pin.Kind, pin.Better).ShouldBe((MetricKind.Pin, Better.Lower));
            Math.Abs(again.Value - pin.Value).ShouldBeLessThanOrEqualTo(pin.RelativeTolerance * pin.Value, pin.Name);
        }

        Pin(good, "majorFaults").ShouldBe(0);
        Tolerance(good, "majorFaults").ShouldBe(0);
        Tolerance(good, "minorFaults").ShouldBe(0.01);
        Tolerance(good, "maxResidentBytes").ShouldBe(0.02);
        good.Pins.Single(pin => pin.Name == "minorFaults").Idle!.Value.ShouldBeInRange(1000, Pin(good, "minorFaults"));
        Pin(first["touches-memory"], "maxResidentBytes").ShouldBeGreaterThan(Pin(good, "maxResidentBytes") + (190 << 20));
        first["two-threads"].NotAvailable["minorFaults"].ShouldBe("the pages that several threads touch depend on their timing");

        // With a counter or without, each pin is there or says why not.
        good.Pins.Select(pin => pin.Name).Concat(good.NotAvailable.Keys).Order(StringComparer.Ordinal).ShouldBe(["instructions", "majorFaults", "maxResidentBytes", "minorFaults"]);
        good.NotAvailable.Values.ShouldAllBe(why => why.Length > 0);
    }

    [Fact]
    public void A_case_that_throws_and_time_that_is_up_say_why_there_is_nothing()
    {
        Read("throws-called")["throws-called"].NotAvailable["minorFaults"].ShouldBe("TimeoutException: too late");
        var late = ResourceReading.Add(Bare("good"), Options, TimeSpan.Zero, new Silence(), CancellationToken.None).Cases[0].Resources!;
        late.Pins.ShouldBeEmpty();
        late.NotAvailable["maxResidentBytes"].ShouldBe("the time limit was reached before it could be counted");
    }

    [Fact]
    public void The_least_of_several_processes_counts_where_the_two_least_agree()
    {
        var pins = MeasuredResources.Of([Process(4100, 45_000_000), Process(5000, 46_000_000), Process(4120, 45_500_000)], idle: null);

        pins.Pins.Select(pin => (pin.Name, pin.Value)).ShouldBe([("majorFaults", 0), ("maxResidentBytes", 45_000_000), ("minorFaults", 4100)]);
        pins.NotAvailable.Keys.ShouldBe(["instructions"]);
    }

    [Fact]
    public void A_case_whose_processes_do_not_agree_has_no_such_pin_and_says_so()
    {
        var pins = MeasuredResources.Of([Process(4100, 45_000_000), Process(5000, 45_000_000), Process(4142, 45_000_000)], idle: null);

        pins.Pins.Select(pin => pin.Name).ShouldBe(["majorFaults", "maxResidentBytes"]);
        pins.NotAvailable["minorFaults"].ShouldBe("3 processes that did the same do not agree within 1 %: 4100, 4142, 5000 faults");
    }

    [Fact]
    public void One_process_without_a_major_fault_shows_that_the_case_needs_none()
    {
        MeasuredResources.Of([Process(4100, 1) with { MajorFaults = 7 }, Process(4100, 1)], idle: null).Pins[0].Value.ShouldBe(0);
        MeasuredResources.Of([Process(4100, 1) with { MajorFaults = 7 }, Process(4100, 1) with { MajorFaults = 3 }], idle: null).NotAvailable.Keys.ShouldBe(["instructions", "majorFaults"]);
    }

    [Fact]
    public void A_third_process_runs_only_where_two_leave_a_doubt()
    {
        MeasuredResources.IsSettled([Process(4100, 45_000_000)]).ShouldBeFalse();
        MeasuredResources.IsSettled([Process(4100, 45_000_000), Process(4120, 45_400_000)]).ShouldBeTrue();
        MeasuredResources.IsSettled([Process(4100, 45_000_000), Process(4121, 45_000_000)]).ShouldBeFalse();
        MeasuredResources.IsSettled([Process(4100, 45_000_000), Process(4100, 45_000_000) with { MajorFaults = 1 }]).ShouldBeTrue();
        MeasuredResources.IsSettled([Process(4100, 45_000_000) with { MajorFaults = 2 }, Process(4100, 45_000_000) with { MajorFaults = 1 }]).ShouldBeFalse();
    }

    [Fact]
    public void What_the_system_does_not_tell_is_not_there_rather_than_zero()
    {
        var unknown = MeasuredResources.Of([new(), new() { InstructionsNotAvailable = "this machine has no instruction counter (ENOENT)" }], idle: null);

        unknown.Pins.ShouldBeEmpty();
        unknown.NotAvailable["instructions"].ShouldBe("this machine has no instruction counter (ENOENT)");
        unknown.NotAvailable["minorFaults"].ShouldBe("only Linux tells what a process used to the last page");
    }

    [Fact]
    public void Instructions_that_are_counted_are_a_pin_of_half_a_percent()
    {
        var pin = MeasuredResources.Of([Process(1, 1) with { Instructions = 1_000_000 }, Process(1, 1) with { Instructions = 1_001_000 }], idle: null).Pins[0];

        (pin.Name, pin.Value, pin.RelativeTolerance, pin.Idle).ShouldBe(("instructions", 1_000_000, 0.005, null));
    }

    [Theory]
    [InlineData(1, "2", "not permitted: perf_event_paranoid is 2, and this takes 2 or less (EPERM)")]
    [InlineData(13, "3", "not permitted: perf_event_paranoid is 3, and this takes 2 or less (EACCES)")]
    [InlineData(13, null, "not permitted: the system forbids it (EACCES)")]
    [InlineData(2, "2", "this machine has no instruction counter (ENOENT)")]
    [InlineData(19, "2", "this machine has no instruction counter (ENODEV)")]
    [InlineData(95, "2", "this machine has no instruction counter (EOPNOTSUPP)")]
    [InlineData(16, "2", "another program holds the instruction counter (EBUSY)")]
    [InlineData(22, "2", "this kernel does not know how to count instructions (EINVAL)")]
    [InlineData(24, "2", "too many files are open (EMFILE)")]
    [InlineData(38, null, "this kernel has no performance counters (ENOSYS)")]
    [InlineData(7, "2", "the system refuses to count instructions (error 7)")]
    public void Each_error_of_the_system_has_its_words(int error, string? paranoid, string words) => InstructionCounter.WhyNot(error, paranoid).ShouldBe(words);

    [Fact]
    public void The_counter_counts_or_says_why_not()
    {
        using var counter = InstructionCounter.Open();
        var before = counter.Read();
        var sum = 0;
        for (var i = 0; i < 10_000; i++)
        {
            sum += i ^ (sum >> 1);
        }

        var after = counter.Read();
        GC.KeepAlive(sum);
        if (counter.NotAvailable is null)
        {
            (after - before)!.Value.ShouldBeGreaterThan(10_000);
        }
        else
        {
            (before, after).ShouldBe((null, null));
        }
    }

    private static ProcessResources Process(long faults, long resident) => new() { MinorFaults = faults, MajorFaults = 0, MaxResidentBytes = resident };

    private static MeasureOptions Options { get; } = new() { AssemblyPath = Fixture.AssemblyPath };

    private static double Pin(MeasuredResources resources, string name) => resources.Pins.Single(pin => pin.Name == name).Value;

    private static double Tolerance(MeasuredResources resources, string name) => resources.Pins.Single(pin => pin.Name == name).RelativeTolerance;

    private static Dictionary<string, MeasuredResources> Read(params string[] cases) =>
        ResourceReading.Add(Bare(cases), Options, TimeSpan.FromSeconds(120), new Silence(), CancellationToken.None).Cases.ToDictionary(measured => measured.Name, measured => measured.Resources!);

    private static MeasuredRun Bare(params string[] cases) => Sample.Run([.. cases.Select(name => new MeasuredCase { Name = name, Metrics = [] })]);

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
