using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NanoBragg.Kernels.Tests;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Simulate;

/// <summary>The C program's own command lines, and the files that it wrote, byte for byte.</summary>
public sealed class GoldenProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("i01-everything-by-default")]
    [InlineData("i09-mask-and-region")]
    [InlineData("i14-negative-seed-after-mosaic")]
    public async Task All_four_files_are_the_c_programs_under_its_names(string name)
    {
        var golden = Load(name);

        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, Words(golden));

        exitCode.ShouldBe(0, error);
        error.ShouldBeEmpty();
        foreach (var (kind, file) in new[] { ("float", "floatimage.bin"), ("int", "intimage.img"), ("pgm", "image.pgm"), ("noise", "noiseimage.img") })
        {
            Hash(File.ReadAllBytes(_folder[file])).ShouldBe((string)golden["written"]![kind]!["sha256"]!, file);
            output.ShouldContain($"writing {file} as");
        }

        RequireLines(output, golden);
    }

    [Fact]
    public async Task Reflections_are_read_and_left_for_the_next_run_which_the_script_starts_under_other_names()
    {
        var golden = Load("p30-water-fluence-noise");
        string[] words = ["-floatfile", "a.bin", "-intfile", "a.img", "-pgmfile", "a.pgm", "-noisefile", "n.img", .. Words(golden)];

        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, words);

        exitCode.ShouldBe(0, error);
        Hash(File.ReadAllBytes(_folder["a.bin"])).ShouldBe((string)golden["image"]!["sha256_float32le"]!);
        Hash(File.ReadAllBytes(_folder["a.img"])[512..]).ShouldBe((string)golden["int_image"]!["sha256_pixels"]!);
        Hash(File.ReadAllBytes(_folder["n.img"])[512..]).ShouldBe((string)golden["noise_image"]!["sha256_pixels"]!);
        var header = (string)golden["pgm_image"]!["header"]!;
        Hash(File.ReadAllBytes(_folder["a.pgm"])[header.Length..]).ShouldBe((string)golden["pgm_image"]!["sha256_pixels"]!);
        File.Exists(_folder["floatimage.bin"]).ShouldBeFalse();
        RequireLines(output, golden);

        File.Delete(_folder["syn.hkl"]);
        string[] second = [.. words[..Array.IndexOf(words, "-hkl")], .. words[(Array.IndexOf(words, "-hkl") + 2)..], "-floatfile", "b.bin"];
        (exitCode, _, error) = await SimulateProcess.End(
            SimulateProcess.Start(_folder.Path, "/bin/sh", [Path.Combine(AppContext.BaseDirectory, "nanobragg-simulate"), .. second]));

        exitCode.ShouldBe(0, error);
        File.ReadAllBytes(_folder["b.bin"]).ShouldBe(File.ReadAllBytes(_folder["a.bin"]));
    }

    private static JsonNode Load(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "goldens", name + ".json")))!;

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // What is printed here and there is the same; each prints some lines that the other does not have.
    private static void RequireLines(string output, JsonNode golden)
    {
        var lines = output.Split('\n').Select(line => line.Trim()).ToArray();
        string[] essential =
        [
            "max_I", "mean=", "intfile_scale", "pgm_scale", "distance=", "Xbeam=", "Fbeam=", "dials origin", "roi:", "1 phi steps", "1x1 pixel",
            "1 sources", "1 mosaic domains over",
        ];
        var wanted = golden["stdout"]!.AsArray().Select(line => ((string)line!).Trim())
            .Where(line => Array.Exists(essential, start => line.StartsWith(start, StringComparison.Ordinal)) || line.Contains("photons on noise", StringComparison.Ordinal)).ToArray();
        wanted.Length.ShouldBeGreaterThan(5);
        foreach (var line in wanted)
        {
            lines.ShouldContain(line);
        }
    }

    private string[] Words(JsonNode golden)
    {
        foreach (var (name, file) in golden["files"]!.AsObject())
        {
            File.WriteAllBytes(_folder[name], (string)file!["kind"]! == "smv" ? SmvFixture.Make(file) : Encoding.UTF8.GetBytes(GeneratedReflections.Text(file["params"]!)));
        }

        return [.. golden["args"]!.AsArray().Select(word => (string)word!)];
    }
}
