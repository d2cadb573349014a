using System.Globalization;
using System.Text.Json;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class GnuTimeTests : IDisposable
{
    private const string GnuTime = "/usr/bin/time";

    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-time-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_process_figures_agree_with_gnu_time_of_the_same_command()
    {
        File.Exists(GnuTime).ShouldBeTrue("this test compares with GNU time; install it (Debian: apt-get install time)");
        var requestPath = Path.Combine(_folder, "request.json");
        var reportPath = Path.Combine(_folder, "report.json");
        var timePath = Path.Combine(_folder, "time.txt");
        var request = Fixture.Request("touches-memory") with { ReportPath = reportPath };
        File.WriteAllText(requestPath, JsonSerializer.Serialize(request, MeasurementJson.Default.WorkerRequest));

        // One run seen by both: GNU time counts its child, and this process counts GNU time and, through it, the same child.
        var end = ChildProcess.Run(
            [GnuTime, "-v", "-o", timePath, "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), "worker", requestPath],
            WorkerEnvironment.Default,
            Path.Combine(_folder, "log"),
            TimeSpan.FromSeconds(120),
            CancellationToken.None);

        end.ExitCode.ShouldBe(0);
        var told = File.ReadAllLines(timePath).Select(line => line.Trim().Split(": ")).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var report = JsonSerializer.Deserialize(File.ReadAllText(reportPath), MeasurementJson.Default.WorkerReport)!;
        var usage = end.Usage;
        ((double)usage.MinorFaults!).ShouldBe(Told("Minor (reclaiming a frame) page faults"), 0.02 * usage.MinorFaults!.Value);
        ((double)usage.MajorFaults!).ShouldBe(Told("Major (requiring I/O) page faults"), 5);
        (usage.UserSeconds!.Value + usage.SystemSeconds!.Value).ShouldBe(Told("User time (seconds)") + Told("System time (seconds)"), 0.05);
        ((double)usage.VoluntarySwitches!).ShouldBe(Told("Voluntary context switches"), 20);
        ((double)usage.InvoluntarySwitches!).ShouldBe(Told("Involuntary context switches"), 20);
        ((double)usage.OutputBlocks!).ShouldBe(Told("File system outputs"), 64);

        // The tool takes the worker's own word for its peak memory.
        var peak = Told("Maximum resident set size (kbytes)") * 1024;
        ((double)report.PeakResidentBytes!).ShouldBe(peak, 0.03 * peak);

        double Told(string name) => double.Parse(told[name], CultureInfo.InvariantCulture);
    }
}
