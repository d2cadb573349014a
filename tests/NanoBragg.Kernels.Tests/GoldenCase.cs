using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Kernels.Tests;

/// <summary>A run of the reference program: its command line and what it computed (goldens/README.md).</summary>
public sealed class GoldenCase
{
    private readonly JsonNode _json;

    private GoldenCase(JsonNode json)
    {
        _json = json;
        var image = json["image"]!;
        Sum = (double)image["sum"]!;
        Maximum = (double)image["max"]!;
        MaximumFast = (int)image["max_fast"]!;
        MaximumSlow = (int)image["max_slow"]!;
        NonzeroPixels = (int)image["nonzero"]!;
        Sha256 = (string)image["sha256_float32le"]!;
        Samples = [.. json["samples"]!.AsArray().Select(s => new GoldenSample((int)s![0]!, (int)s[1]!, (float)s[2]!, (double)s[3]!))];
        Arguments = [.. json["args"]!.AsArray().Select(word => (string)word!)];
    }

    /// <summary>Every golden's name, as the data of an xunit theory.</summary>
    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var name in Folders.SelectMany(folder => Directory.GetFiles(folder, "*.json")).Select(Path.GetFileNameWithoutExtension).Distinct().Order(StringComparer.Ordinal))
            {
                names.Add(name!);
            }

            return names;
        }
    }

    public string[] Arguments { get; }

    /// <summary>The whole record, for what only some cases have.</summary>
    public JsonNode Json => _json;

    public int FastPixels => (int)_json["fpixels"]!;

    public int SlowPixels => (int)_json["spixels"]!;

    public double Sum { get; }

    public double Maximum { get; }

    public int MaximumFast { get; }

    public int MaximumSlow { get; }

    public int NonzeroPixels { get; }

    /// <summary>Hash of the float32 image, little-endian.</summary>
    public string Sha256 { get; }

    /// <summary>The 64 brightest pixels, then 192 others.</summary>
    public IReadOnlyList<GoldenSample> Samples { get; }

    // More cases of the same form need no code: NANOBRAGG_GOLDENS names a folder of them. Of two of one name its own is taken.
    private static IEnumerable<string> Folders =>
        [.. Environment.GetEnvironmentVariable("NANOBRAGG_GOLDENS") is { Length: > 0 } more ? (string[])[more] : [], Path.Combine(AppContext.BaseDirectory, "goldens")];

    public static GoldenCase Load(string name) => new(JsonNode.Parse(File.ReadAllText(Folders.Select(folder => Path.Combine(folder, name + ".json")).First(File.Exists)))!);

    /// <summary>Flattens the case's command line.</summary>
    public SimulationPlan Plan() => SimulationPlan.Create(Experiment());

    /// <summary>Parses the case's command line in a folder of its own with the case's files in it.</summary>
    public Experiment Experiment()
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-golden-");
        try
        {
            foreach (var (name, file) in _json["files"]!.AsObject())
            {
                File.WriteAllBytes(Path.Combine(folder.FullName, name), (string?)file!["kind"] switch
                {
                    "text" => Encoding.UTF8.GetBytes((string)file["text"]!),
                    "hklgen" => Encoding.UTF8.GetBytes(GeneratedReflections.Text(file["params"]!)),
                    "fdump" => GeneratedDump.Of(file["params"]!, DefaultStructureFactor()),
                    "smv" => SmvFixture.Make(file!),
                    "base64" => Convert.FromBase64String((string)file["base64"]!),
                    var kind => throw new JsonException($"file {name} is of a kind that no test makes yet: {kind}"),
                });
            }

            return CommandLineFlags.Parse(Arguments, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private double DefaultStructureFactor() =>
        Array.IndexOf(Arguments, "-default_F") is >= 0 and var flag ? double.Parse(Arguments[flag + 1], CultureInfo.InvariantCulture) : 0.0;

    /// <summary>Steps of a pixel as the program printed them: sources, domains, phi steps, sub-pixels squared.</summary>
    public int PrintedStepsPerPixel()
    {
        var lines = _json["stdout"]!.AsArray().Select(line => ((string)line!).Trim()).ToArray();
        var oversample = Printed("pixel oversample steps");
        return Printed("sources") * Printed("mosaic domains over") * Printed("phi steps from") * oversample * oversample;

        // The number that such a line starts with: "2x2 pixel oversample steps", "10 mosaic domains over ...".
        int Printed(string what)
        {
            var line = lines.Single(l => char.IsAsciiDigit(l[0]) && l.Contains(' ' + what, StringComparison.Ordinal));
            return int.Parse(line.AsSpan(0, line.IndexOfAny([' ', 'x'])), CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>One pixel of a golden.</summary>
/// <param name="Slow">Row.</param>
/// <param name="Fast">Column.</param>
/// <param name="Stored">Value as the program stored it.</param>
/// <param name="BeforeStore">Value before the program stored it.</param>
public readonly record struct GoldenSample(int Slow, int Fast, float Stored, double BeforeStore);
