using System.Text.Json.Nodes;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Simulate;

public sealed class SimulateProcessTests : IDisposable
{
    private static readonly string[] _small =
        ["-default_F", "100", "-cell", "70", "80", "90", "75", "85", "95", "-N", "5", "-detpixels", "40", "-pixel", "0.9", "-seed", "3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unknown_words_are_passed_over_as_in_the_c_program()
    {
        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path, [.. _small, "-distnce", "50", "--png-scale", "@nothing", "--help"]);

        exitCode.ShouldBe(0, error);
        Written().ShouldBe(["floatimage.bin", "image.pgm", "intimage.img", "noiseimage.img"]);
    }

    [Theory]
    [InlineData("'-distnce' is no flag", "-distnce", "50")]
    [InlineData("'51' is neither a flag nor the value of one", "-distance", "50", "51")]
    [InlineData("-distance needs more", "-distance", "-nopgm")]
    [InlineData("-roi needs more", "-roi", "1", "2", "3")]
    public async Task Strict_arguments_refuse_words_that_do_not_count(string message, params string[] words)
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--strict-args", .. _small, .. words]);

        exitCode.ShouldBe(1);
        RequireOneLine(error, message);
        output.ShouldBeEmpty();
        Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Strict_arguments_accept_what_the_c_program_knows()
    {
        string[] known =
        [
            "-curved_det", "-nopolar", "-misset", "-1", "2", "-3", "-mosaic_spread", "0.1", "-mosaic_domains", "2", "-detector_abs", "inf", "-coherent",
            "-nopgm", "-nonoise", "-noprogress", "-misset_seed", "7", "-misset", "random", "-seed", "-3", "-adc", "-1e1",
        ];

        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path, ["--strict-args", .. _small, .. known]);

        exitCode.ShouldBe(0, error);
        Written().ShouldBe(["floatimage.bin", "intimage.img"]);
    }

    [Fact]
    public async Task Broken_reflections_are_one_line_with_file_and_place_and_leave_nothing()
    {
        _folder.Write("broken.hkl", "1 0 0 12\n0 1 0 7\n0 0 x 5\n");

        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, [.. _small, "-hkl", "broken.hkl"]);

        exitCode.ShouldBe(1);
        RequireOneLine(error, "broken.hkl");
        error.ShouldContain("3");
        output.ShouldBeEmpty();
        Written().ShouldBe(["broken.hkl"]);
    }

    [Theory]
    [InlineData("there is no folder", "-floatfile", "nowhere/a.bin")]
    [InlineData("takes no files", "-pgmfile", "/proc/a.pgm")]
    [InlineData("not the name of a file", "-intfile", ".")]
    [InlineData("wavelength", "-lambda", "0")]
    public async Task What_cannot_be_drawn_or_written_is_told_before_anything_is_written(string message, params string[] words)
    {
        _folder.Write("good.hkl", "1 0 0 12\n0 1 0 7\n");

        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path, [.. _small, "-hkl", "good.hkl", .. words]);

        exitCode.ShouldBe(1);
        RequireOneLine(error, message);
        Written().ShouldBe(["good.hkl"]);
    }

    [Fact]
    public async Task Png_has_the_signature_and_the_size_of_the_picture()
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--png", "spots.png", .. _small, "-nonoise"]);

        exitCode.ShouldBe(0, error);
        var bytes = File.ReadAllBytes(_folder["spots.png"]);
        bytes[..8].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        bytes[16..24].ShouldBe([0, 0, 0, 40, 0, 0, 0, 40]);
        output.ShouldContain("writing spots.png");
    }

    [Fact]
    public async Task Json_is_one_document_with_the_figures_of_the_picture()
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--json", "--device", "cpu", "--threads", "1", .. _small]);

        exitCode.ShouldBe(0, error);
        error.ShouldBeEmpty();
        var json = JsonNode.Parse(output)!;
        ((string)json["backEnd"]!).ShouldBe("simd-double");
        ((int)json["fastPixels"]!).ShouldBe(40);
        var pixels = File.ReadAllBytes(_folder["floatimage.bin"]).Chunk(4).Select(word => BitConverter.ToSingle(word)).ToArray();
        ((double)json["statistics"]!["maximum"]!).ShouldBe(pixels.Max());
        ((double)json["statistics"]!["mean"]!).ShouldBe(pixels.Average(pixel => (double)pixel), 1e-6);
        json["files"]!.AsArray().Select(file => (string)file!).ShouldBe(["floatimage.bin", "intimage.img", "image.pgm", "noiseimage.img"]);
    }

    [Fact]
    public async Task A_traced_pixel_is_printed_step_by_step_and_no_file_is_written()
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--trace-pixel", "7", "8", .. _small, "-oversample", "2"]);

        exitCode.ShouldBe(0, error);
        var lines = output.TrimEnd().Split('\n');
        lines[0].ShouldStartWith(" pix0_m ");
        lines.Count(line => line.StartsWith(" step ", StringComparison.Ordinal)).ShouldBe(4);
        lines[^1].ShouldStartWith(" pixel steps 4 I ");
        Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_printed_pixel_stands_between_the_setup_and_the_statistics()
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, [.. _small, "-printout_pixel", "7", "8"]);

        exitCode.ShouldBe(0, error);
        var lines = output.TrimEnd().Split('\n');
        var place = Array.FindIndex(lines, line => line.StartsWith("   7    8 : stol = ", StringComparison.Ordinal));
        lines[place - 1].ShouldEndWith("pixel oversample steps");
        lines[place + 13].ShouldStartWith("Z: ");
        lines[place + 14].ShouldStartWith("max_I = ");
    }

    [Fact]
    public async Task Printed_pixels_and_a_document_do_not_go_together()
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--json", .. _small, "-printout"]);

        exitCode.ShouldBe(1);
        RequireOneLine(error, "-printout");
        output.ShouldBeEmpty();
        Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cpu_hands_over_what_it_does_not_cover_and_says_so()
    {
        (await SimulateProcess.Run(_folder.Path, [.. _small, "-tophat_spots", "-floatfile", "reference.bin"])).ExitCode.ShouldBe(0);

        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path, ["--device", "cpu", .. _small, "-tophat_spots", "-floatfile", "cpu.bin"]);

        exitCode.ShouldBe(0, error);
        RequireOneLine(error, "-tophat_spots");
        File.ReadAllBytes(_folder["cpu.bin"]).ShouldBe(File.ReadAllBytes(_folder["reference.bin"]));
    }

    [Theory]
    [InlineData("--precision float needs --device cpu", "--precision", "float")]
    [InlineData("--precision double-fast needs --device cpu", "--precision", "double-fast")]
    [InlineData("--threads is a number of threads", "--threads=-1")]
    [InlineData("the detector has no pixel 3 40: it has 40 along the fast axis and 40 along the slow one", "--trace-pixel", "3", "40")]
    [InlineData("leave --png and --json out", "--trace-pixel", "3", "4", "--json")]
    [InlineData("leave --device cpu out", "--device", "cpu", "--trace-pixel", "3", "4")]
    [InlineData("--trace-pixel", "--trace-pixel", "3")]
    [InlineData("'--distance'", "--distance", "50")]
    public async Task Options_that_do_not_fit_are_one_line(string message, params string[] options)
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, [.. options, .. _small]);

        exitCode.ShouldBe(1);
        RequireOneLine(error, message);
        output.ShouldBeEmpty();
        Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_flags_the_error_names_the_help_which_teaches()
    {
        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path);
        var (helpExitCode, help, _) = await SimulateProcess.Run(_folder.Path, "--help");

        exitCode.ShouldBe(1);
        RequireOneLine(error, "simulate --help");
        helpExitCode.ShouldBe(0);
        help.ShouldContain("-hkl P1.hkl -cell");
        help.ShouldContain("--strict-args");
    }

    [Fact]
    public async Task Interrupt_ends_a_long_run_that_has_shown_progress_and_leaves_no_picture()
    {
        var process = SimulateProcess.Start(_folder.Path, [.. _small, "-detpixels", "3000", "-oversample", "30"]);
        (await process.StandardError.ReadLineAsync())!.ShouldContain("of 3000 rows in");

        using var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        var (exitCode, output, error) = await SimulateProcess.End(process);

        exitCode.ShouldBe(130);
        output.ShouldNotContain("max_I");
        error.ShouldEndWith("nanobragg: cancelled\n");
        Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_terminal_a_long_run_shows_a_bar()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll");
        var words = string.Join(' ', (string[])[.. _small, "-detpixels", "3000", "-oversample", "30"]);

        // Interrupted after six seconds; timeout says so with 124.
        var (exitCode, output, error) = await SimulateProcess.End(
            SimulateProcess.Start(_folder.Path, "script", ["-qec", $"stty cols 100; timeout -k 20 -s INT 6 dotnet exec {tool} simulate {words}", "/dev/null"]));

        exitCode.ShouldBe(124, error);
        output.ShouldMatch("rows.*[0-9]+%");
        output.ShouldNotContain(" rows in ");
        Written().ShouldBeEmpty();
    }

    private static void RequireOneLine(string error, string message)
    {
        error.Trim().ShouldNotContain("\n");
        error.ShouldContain(message);
    }

    private string[] Written() => [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
