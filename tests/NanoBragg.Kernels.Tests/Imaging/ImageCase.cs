using System.Text.Json.Nodes;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Tests.Imaging;

/// <summary>A run of the reference program by the files that it wrote (goldens/images), and the same files by these kernels.</summary>
internal sealed class ImageCase
{
    private readonly JsonNode _json;
    private readonly string[] _arguments;

    private ImageCase(JsonNode json, string[] arguments, Experiment experiment)
    {
        (_json, _arguments) = (json, arguments);
        Header = ImageHeader.Of(experiment);
        var plan = SimulationPlan.Create(experiment);
        Image = new(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        new ReferenceBackEnd().Render(plan, Image.Pixels);
        Statistics = RenderedStatistics.Of(Image, plan);
        IntegerScale = IntegerImage.Scale(Number("-scale", 0.0), Statistics.Maximum);
        PgmScale = PgmImage.Scale(Number("-pgmscale", 0.0), Statistics.Deviation, IntegerScale);
    }

    /// <summary>Every case's name, as the data of an xunit theory.</summary>
    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(f => Path.GetFileNameWithoutExtension(f))];

    public ImageHeader Header { get; }

    public DiffractionImage Image { get; }

    public RenderedStatistics Statistics { get; }

    public double IntegerScale { get; }

    public double PgmScale { get; }

    public PixelRegion Region { get; } = PixelRegion.Everything;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "goldens", "images");

    private double Offset => Number("-adc", 40.0);

    public static ImageCase Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        string[] arguments = [.. json["args"]!.AsArray().Select(word => (string)word!)];
        return new(json, arguments, CommandLineFlags.Parse(arguments, Folder));
    }

    public static ImageCase Of(GoldenCase golden) => new(golden.Json, golden.Arguments, golden.Experiment());

    /// <summary>What the program wrote: <c>int</c>, <c>pgm</c>, <c>noise</c> or <c>float</c>, and of it <c>sha256</c>, <c>header</c> or <c>sha256_pixels</c>.</summary>
    public string Written(string file, string what) => (string)_json["written"]![file]![what]!;

    public string[] Lines() => [.. _json["stdout"]!.AsArray().Select(line => ((string)line!).Trim())];

    public ushort[] IntegerCounts() => IntegerImage.Of(Image, IntegerScale, Offset, Region);

    public NoiseImage Noise()
    {
        var random = new RandomSequence();
        random.Start((int)Number("-seed", double.NaN));
        return NoiseImage.Of(Image, Offset, Region, random);
    }

    private double Number(string flag, double otherwise) =>
        Array.IndexOf(_arguments, flag) is >= 0 and var place ? CNumber.ToDouble(_arguments[place + 1]) : otherwise;
}
