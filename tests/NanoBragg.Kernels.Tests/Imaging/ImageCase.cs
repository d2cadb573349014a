using System.Text.Json.Nodes;
using NanoBragg.Kernels.CLibrary;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Tests.Imaging;

/// <summary>A run of the reference program by the files that it wrote (goldens/images), and the same files by these kernels.</summary>
internal sealed class ImageCase
{
    private readonly JsonNode _json;
    private readonly string[] _arguments;
    private readonly SimulationPlan _plan;

    private ImageCase(JsonNode json, string[] arguments, Experiment experiment)
    {
        (_json, _arguments) = (json, arguments);
        Header = ImageHeader.Of(experiment);
        Region = experiment.Detector.Region;
        _plan = SimulationPlan.Create(experiment);
        Image = new(_plan.FastPixels, _plan.SlowPixels, new float[_plan.FastPixels * _plan.SlowPixels]);
        new ReferenceBackEnd().Render(_plan, Image.Pixels);
        Statistics = RenderedStatistics.Of(Image, _plan);
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

    public PixelRegion Region { get; }

    /// <summary>Parses the case's command line.</summary>
    public static Experiment Experiment(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        return Parse(json, [.. json["args"]!.AsArray().Select(word => (string)word!)]);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "goldens", "images");

    private double Offset => Number("-adc", 40.0);

    public static ImageCase Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        string[] arguments = [.. json["args"]!.AsArray().Select(word => (string)word!)];
        return new(json, arguments, Parse(json, arguments));
    }

    public static ImageCase Of(GoldenCase golden) => new(golden.Json, golden.Arguments, golden.Experiment());

    /// <summary>What the program wrote: <c>int</c>, <c>pgm</c>, <c>noise</c> or <c>float</c>, and of it <c>sha256</c>, <c>header</c> or <c>sha256_pixels</c>.</summary>
    public string Written(string file, string what) => (string)_json["written"]![file]![what]!;

    public string[] Lines() => [.. _json["stdout"]!.AsArray().Select(line => ((string)line!).Trim())];

    public ushort[] IntegerCounts() => IntegerImage.Of(Image, IntegerScale, Offset, Region);

    public NoiseImage Noise() => NoiseImage.Of(Image, Offset, Region, _plan.StartNoise((int)Number("-seed", double.NaN)));

    private static Experiment Parse(JsonNode json, string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-golden-");
        try
        {
            foreach (var (name, file) in json["files"]!.AsObject())
            {
                File.WriteAllBytes(Path.Combine(folder.FullName, name), SmvFixture.Make(file!));
            }

            return CommandLineFlags.Parse(arguments, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private double Number(string flag, double otherwise) =>
        Array.IndexOf(_arguments, flag) is >= 0 and var place ? CNumber.ToDouble(_arguments[place + 1]) : otherwise;
}
