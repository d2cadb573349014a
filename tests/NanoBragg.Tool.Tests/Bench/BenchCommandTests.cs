using System.Diagnostics;
using System.Text.Json.Nodes;
using NanoBragg.Tests.Processes;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Bench;
using NanoBragg.Tool.Bench.Cold;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class BenchCommandTests : IDisposable
{
    private static readonly string[] _precisions = ["double", "double-fast", "float"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_is_one_document_with_every_figure_of_every_case()
    {
        var (exitCode, output, error) = BenchRun.Run("--suite", "cpu", "--threads", "1", "--steps", "20000", "--json");

        exitCode.ShouldBe(0, error);
        var json = JsonNode.Parse(output)!;
        ((string)json["suite"]!).ShouldBe("cpu");
        ((string)json["machine"]!["processor"]!).ShouldNotBeEmpty();
        ((string)json["runtime"]!).ShouldStartWith(".NET ");
        ((int)json["vectorBits"]!).ShouldBeOneOf(128, 256, 512);
        ((int)json["threads"]!).ShouldBe(1);
        json["contention"].ShouldNotBeNull();
        ((int)json["operationsPerStep"]!).ShouldBe(102);
        foreach (var peak in new[] { "floatGigaflops", "doubleGigaflops", "triadGigabytesPerSecond" })
        {
            ((double)json["peaks"]![peak]!).ShouldBeGreaterThan(0, peak);
        }

        var rows = json["rows"]!.AsArray();
        rows.Select(row => ((string)row!["case"]!, (string)row["precision"]!))
            .ShouldBe(CpuCases.All.SelectMany(known => _precisions.Select(precision => (known.Name, precision))));
        foreach (var row in rows)
        {
            RequireSane(row!.AsObject());
        }
    }

    [Fact]
    public void Text_has_a_row_for_each_arithmetic_and_says_what_was_left_out_and_handed_over()
    {
        var (exitCode, output, error) = BenchRun.Run("--case", "F-round", "--case", "A", "--threads", "1", "--steps", "20000");

        exitCode.ShouldBe(0, error);
        var lines = output.Split('\n');
        lines[0].ShouldStartWith("Suite cpu on ");
        lines[1].ShouldStartWith("Peaks with 1 thread: ");
        lines.Count(line => line.StartsWith("| A ", StringComparison.Ordinal)).ShouldBe(2 * _precisions.Length);
        lines.Count(line => line.StartsWith("| F-round ", StringComparison.Ordinal)).ShouldBe(2 * _precisions.Length);
        lines.ShouldContain(line => line.StartsWith("A: cubic", StringComparison.Ordinal) && line.Contains("only the middle is drawn, scale"));
        lines.ShouldContain(line => line.StartsWith("F-round: ", StringComparison.Ordinal));
        output.ShouldContain("128² of 2048²");
        output.ShouldNotContain("NaN");
    }

    [Fact]
    public void The_cold_suite_times_processes_from_their_start_to_their_first_picture()
    {
        var (exitCode, output, error) = BenchRun.Run("--suite", "cold", "--case", "A", "--threads", "1", "--json");

        exitCode.ShouldBe(0, error);
        var rows = JsonNode.Parse(output)!["rows"]!.AsArray();
        rows.Select(row => ((string)row!["case"]!, (string)row["precision"]!)).ShouldBe(_precisions.Select(precision => ("A", precision)));
        foreach (var row in rows)
        {
            double Figure(string name) => (double)row![name]!;

            ((int)row!["processes"]!).ShouldBe(6);
            Figure("ownSeconds").ShouldBeGreaterThan(0.0);
            Figure("plannedSeconds").ShouldBeGreaterThan(Figure("ownSeconds"));
            Figure("drawnSeconds").ShouldBeGreaterThan(Figure("plannedSeconds"));
            Figure("drawnSeconds").ShouldBeInRange(Figure("leastDrawnSeconds"), Figure("mostDrawnSeconds"));
            Figure("secondSeconds").ShouldBeInRange(double.Epsilon, Figure("drawnSeconds"));
        }
    }

    [Fact]
    public void A_process_of_the_cold_suite_that_fails_says_why() =>
        Should.Throw<UserError>(() => ColdProcess.Start(new("X", "no picture", "-cell 1 2 3"), SimdPrecision.Float, 1, CancellationToken.None))
            .Message.ShouldStartWith("a process that draws X failed: ");

    [Fact]
    public void The_scaling_suite_names_what_grows()
    {
        var (exitCode, output, error) = BenchRun.Run("--suite", "scaling", "--case", "pixels-256", "--case", "cells-1000", "--threads", "1", "--steps", "20000");

        exitCode.ShouldBe(0, error);
        var lines = output.Split('\n');
        lines[0].ShouldStartWith("Suite scaling on ");
        lines.ShouldContain(line => line.StartsWith("pixels-256: 256 pixels along an edge", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("cells-1000: 1000 cells along each edge of the crystal", StringComparison.Ordinal));
        output.ShouldNotContain("NO");
    }

    [Theory]
    [InlineData("there is no suite 'tpu'; there are cpu, scaling, cold and gpu", "--suite", "tpu")]
    [InlineData("there is no case 'D' in the suite gpu; its cases are A, B, C", "--suite", "gpu", "--case", "D")]
    [InlineData("--device and --lanes are for --suite gpu", "--device", "gpu")]
    [InlineData("--device and --lanes are for --suite gpu", "--lanes", "8")]
    [InlineData("--threads is for the suites cpu, scaling and cold", "--suite", "gpu", "--threads", "1")]
    [InlineData("there is no device 'cuda'; there is reference, cpu, gpu, gpus (all of them), opencl:N", "--suite", "gpu", "--device", "cuda")]
    [InlineData("there is no device 'opencl:'", "--suite", "gpu", "--device", "opencl:")]
    [InlineData("there is no case 'H' in the suite cpu; its cases are A, B, C, D, E, F-round, F-gauss, G", "--suite", "cpu", "--case", "A", "--case", "H")]
    [InlineData("there is no case 'A' in the suite scaling; its cases are pixels-256, ", "--suite", "scaling", "--case", "A")]
    [InlineData("there is no case 'C' in the suite cold; its cases are A, B", "--suite", "cold", "--case", "C")]
    [InlineData("--steps is for the other suites: cold draws whole pictures", "--suite", "cold", "--steps", "5")]
    [InlineData("--device and --lanes are for --suite gpu: the suite scaling", "--suite", "scaling", "--device", "gpu")]
    [InlineData("--threads is a number of threads up to 1024", "--threads=-1")]
    [InlineData("--threads is a number of threads up to 1024", "--threads", "1025")]
    [InlineData("--steps is the most steps", "--steps=-1")]
    [InlineData("'two'", "--threads", "two")]
    [InlineData("'--cases'", "--cases", "A")]
    public void What_is_not_known_is_one_line_that_names_what_is(string message, params string[] arguments)
    {
        var (exitCode, output, error) = BenchRun.Run(arguments);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.Trim().ShouldNotContain("\n");
        error.ShouldStartWith("nanobragg: error: ");
        error.ShouldContain(message);
    }

    [Fact]
    public void Help_teaches_with_examples_and_the_cases()
    {
        var (exitCode, output, _) = BenchRun.Run("--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("dotnet nanobragg bench --suite cpu --case A --case B --threads 1");
        output.ShouldContain("F-gauss");
        output.ShouldContain("--steps");
    }

    [Fact]
    public async Task Interrupt_ends_a_long_run_that_has_shown_progress_and_leaves_nothing()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), "bench", "--case", "D", "--steps", "0"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _folder.Path;
        var process = Process.Start(start)!;
        (await ShowsProgress(process, "case D in double, row 1 of 3")).ShouldBeTrue();

        using var kill = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        var (exitCode, output, error) = await process.End();

        exitCode.ShouldBe(130);
        output.ShouldBeEmpty();
        error.ShouldEndWith("nanobragg: cancelled\n");
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["nanobragg.lock", "nanobragg.lock-holder"], ignoreOrder: true);
    }

    private static async Task<bool> ShowsProgress(Process process, string what)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains(what, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void RequireSane(JsonObject row)
    {
        var name = $"{row["case"]} {row["precision"]}";
        row.Select(member => member.Key).ShouldBe(
            [
                "case", "precision", "backEnd", "handedOverBecauseOf", "sameAsDouble", "edge", "wholeEdge", "pixels", "scale", "stepsPerPixel", "threads", "repetitions",
                "firstSeconds", "bestSeconds", "medianSeconds", "stepsPerSecond", "pixelsPerSecond", "usefulGigaflops", "imageGigabytesPerSecond", "shareOfFmaPeak",
                "shareOfTriadPeak", "errors",
            ],
            ignoreOrder: true,
            name);
        var handedOver = (string?)row["handedOverBecauseOf"];
        ((string)row["backEnd"]!).ShouldBe(handedOver is null ? $"simd-{row["precision"]}" : "reference", name);
        long edge = (int)row["edge"]!, whole = (int)row["wholeEdge"]!, pixels = (long)row["pixels"]!;
        edge.ShouldBeInRange(8, whole, name);
        pixels.ShouldBe(edge * edge, name);
        ((double)row["scale"]!).ShouldBe(pixels / (double)(whole * whole), 1e-12, name);
        ((int)row["repetitions"]!).ShouldBeGreaterThanOrEqualTo(5, name);
        foreach (var positive in new[] { "stepsPerPixel", "threads", "firstSeconds", "bestSeconds", "usefulGigaflops", "imageGigabytesPerSecond", "shareOfFmaPeak", "shareOfTriadPeak" })
        {
            ((double)row[positive]!).ShouldBeGreaterThan(0, $"{name} {positive}");
        }

        double best = (double)row["bestSeconds"]!, pixelRate = (double)row["pixelsPerSecond"]!;
        ((double)row["medianSeconds"]!).ShouldBeGreaterThanOrEqualTo(best, name);
        (pixelRate * best / pixels).ShouldBe(1, 1e-9, name);
        ((double)row["stepsPerSecond"]! / pixelRate).ShouldBe((double)row["stepsPerPixel"]!, 1e-6, name);

        var errors = row["errors"]!;
        ((string)errors["against"]!).ShouldBe("reference", name);
        ((long)errors["pixels"]!).ShouldBe(pixels, name);
        ((double)errors["sum"]!).ShouldBeInRange(0, 3e-6, name);
        ((double)errors["pixel"]!).ShouldBeInRange(0, 1e-4, name);
        ((double)errors["oneMinusCorrelation"]!).ShouldBeInRange(0, 1e-9, name);
        ((bool)errors["withinBounds"]!).ShouldBeTrue(name);
        if (handedOver is not null)
        {
            ((double)errors["pixel"]!).ShouldBe(0, name);
        }
    }
}
