using System.Globalization;
using System.Text.RegularExpressions;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed partial class PixelTraceTests
{
    public static TheoryData<string> Names => [.. Traces.Select(trace => trace.Name)];

    private static GoldenTrace[] Traces { get; } = Read();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_quantity_has_the_digits_of_the_reference_program(string name)
    {
        var golden = Traces.Single(trace => trace.Name == name);

        var lines = Trace(name, golden.Fast, golden.Slow);

        // The reference's traces stop after six steps; ours has all, and the result after them.
        foreach (var (line, expected) in lines.Zip(golden.Lines[..^1]))
        {
            line.ShouldBe(expected);
        }

        lines[^1].ShouldBe(golden.Lines[^1]);
    }

    [Fact]
    public void Every_step_of_the_pixel_is_there()
    {
        var golden = Traces.Single(trace => trace.Name == "p10-curved");

        var lines = Trace(golden.Name, golden.Fast, golden.Slow);

        lines.Count(line => line.StartsWith(" step ", StringComparison.Ordinal)).ShouldBe(64);
        lines[^1].ShouldStartWith(" pixel steps 64 ");
    }

    [Theory]
    [InlineData(-1, 0, "the detector has no pixel -1 0")]
    [InlineData(0, 4000, "the detector has no pixel 0 4000")]
    [InlineData(0, 0, "pixel 0 0 is not drawn")]
    public void A_pixel_that_is_not_there_is_an_error(int fast, int slow, string expected) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Trace("p29-roi-mask", fast, slow)).Message.ShouldStartWith(expected);

    [Fact]
    public void A_trace_can_be_cancelled() =>
        Should.Throw<OperationCanceledException>(() => PixelTrace.Write(GoldenCase.Load("p01-cubic-mosflm").Plan(), 1, 1, TextWriter.Null, null, new(canceled: true)));

    private static string[] Trace(string name, int fast, int slow)
    {
        using var output = new StringWriter { NewLine = "\n" };
        PixelTrace.Write(GoldenCase.Load(name).Plan(), fast, slow, output);
        return output.ToString().TrimEnd('\n').Split('\n');
    }

    private static GoldenTrace[] Read()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "goldens", "traces.txt"));
        return [.. text.Split("\n== ")[1..].Select(part => part.TrimEnd('\n').Split('\n')).Select(lines => Heading().Match(lines[0]).Groups is var heading
            ? new GoldenTrace(heading["name"].Value, Number(heading["fast"]), Number(heading["slow"]), lines[1..])
            : throw new FormatException())];

        static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<name>\S+) pixel fast=(?<fast>\d+) slow=(?<slow>\d+)$")]
    private static partial Regex Heading();

    private sealed record GoldenTrace(string Name, int Fast, int Slow, string[] Lines);
}
