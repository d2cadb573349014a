using System.Text;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Tests.Imaging;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed class PrintingBackEndTests
{
    private const int LinesOfPixel = 14;

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "goldens", "printouts");

    // The first line is the hash of all that the reference program prints, or none where it prints a structure factor that was never set.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_pixel_is_printed_as_the_reference_program_prints_it(string name)
    {
        var golden = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));

        var text = Print(name, PrintedPixels.All);

        var pixels = text.TrimEnd('\n').Split('\n').Chunk(LinesOfPixel).ToDictionary(lines => lines[0]);
        foreach (var expected in golden[1..].Chunk(LinesOfPixel))
        {
            pixels.ShouldContainKey(expected[0]);
            pixels[expected[0]].ShouldBe(expected);
        }

        if (golden[0] != "sha256 none")
        {
            $"sha256 {Hash.Of(Encoding.Latin1.GetBytes(text))}".ShouldBe(golden[0]);
        }
    }

    [Fact]
    public void One_pixel_can_be_printed_alone()
    {
        var golden = File.ReadAllLines(Path.Combine(Folder, "c14-round-xtal.txt"))[^LinesOfPixel..];
        var place = golden[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var text = Print("c14-round-xtal", new(int.Parse(place[0], null), int.Parse(place[1], null)));

        text.TrimEnd('\n').Split('\n').ShouldBe(golden);
    }

    [Fact]
    public void The_picture_is_that_of_the_reference_back_end()
    {
        var plan = GoldenCase.Load("c07-phi-from-zero-mosaic-oversampled").Plan();
        var (printed, silent) = (new float[plan.FastPixels * plan.SlowPixels], new float[plan.FastPixels * plan.SlowPixels]);

        new PrintingBackEnd(new(3, 4), 1e-10, TextWriter.Null).Render(plan, printed);
        new ReferenceBackEnd().Render(plan, silent);

        printed.ShouldBe(silent);
    }

    private static string Print(string name, PrintedPixels pixels)
    {
        var experiment = GoldenCase.Load(name).Experiment();
        var plan = SimulationPlan.Create(experiment);
        using var output = new StringWriter { NewLine = "\n" };
        new PrintingBackEnd(pixels, experiment.Beam.WavelengthMetres, output).Render(plan, new float[plan.FastPixels * plan.SlowPixels]);
        return output.ToString();
    }
}
