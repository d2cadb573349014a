using System.Text;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using Shouldly;
using static NanoBragg.Kernels.CLibrary.CFormat;
using static System.FormattableString;

namespace NanoBragg.Kernels.Tests.Imaging;

/// <summary>The files that the reference program wrote in the same runs, byte for byte.</summary>
public sealed class WrittenImageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-images-");

    /// <summary>Goldens that have the figures of all images.</summary>
    public static TheoryData<string> GoldensWithImages =>
        [.. ((IEnumerable<object[]>)GoldenCase.Names).Select(row => (string)row[0]).Where(name => GoldenCase.Load(name).Json["int_image"] is not null)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(ImageCase.Names), MemberType = typeof(ImageCase))]
    public void Float_file_is_the_reference_programs(string name)
    {
        var run = ImageCase.Load(name);

        Hash.Of(File(path => FloatImageFile.Write(path, run.Image))).ShouldBe(run.Written("float", "sha256"));
    }

    [Theory]
    [MemberData(nameof(ImageCase.Names), MemberType = typeof(ImageCase))]
    public void Integer_file_is_the_reference_programs(string name)
    {
        var run = ImageCase.Load(name);

        RequireSmv(run, "int", File(path => SmvFile.Write(path, run.Header, run.IntegerCounts())));
    }

    [Theory]
    [MemberData(nameof(ImageCase.Names), MemberType = typeof(ImageCase))]
    public void Noise_file_is_the_reference_programs(string name)
    {
        var run = ImageCase.Load(name);
        var noise = run.Noise();

        RequireSmv(run, "noise", File(path => SmvFile.Write(path, run.Header, noise.Counts)));
        Invariant($"{noise.Photons:F0} photons on noise image ({noise.Overloads} overloads)").ShouldBeOneOf(run.Lines());
    }

    [Theory]
    [MemberData(nameof(ImageCase.Names), MemberType = typeof(ImageCase))]
    public void Grey_map_is_the_reference_programs(string name)
    {
        var run = ImageCase.Load(name);

        Hash.Of(File(path => PgmImage.Write(path, run.Image, run.PgmScale, run.Region))).ShouldBe(run.Written("pgm", "sha256"));
        $"pgm_scale = {General(run.PgmScale)}".ShouldBeOneOf(run.Lines());
    }

    [Theory]
    [MemberData(nameof(ImageCase.Names), MemberType = typeof(ImageCase))]
    public void Statistics_and_figures_are_those_printed(string name) => RequirePrinted(ImageCase.Load(name));

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Statistics_and_figures_of_goldens_are_those_printed(string name) => RequirePrinted(ImageCase.Of(GoldenCase.Load(name)));

    [Theory]
    [MemberData(nameof(GoldensWithImages))]
    public void Images_of_goldens_have_the_reference_programs_pixels_and_headers(string name)
    {
        var golden = GoldenCase.Load(name).Json;
        var run = ImageCase.Of(GoldenCase.Load(name));
        var noise = run.Noise();

        Hash.Of(run.IntegerCounts()).ShouldBe((string)golden["int_image"]!["sha256_pixels"]!);
        Hash.Of(noise.Counts).ShouldBe((string)golden["noise_image"]!["sha256_pixels"]!);
        Math.Round(noise.Photons).ShouldBe((double)golden["noise_image"]!["photons"]!);
        noise.Overloads.ShouldBe((int)golden["noise_image"]!["overloads"]!);
        Hash.Of(PgmImage.Of(run.Image, run.PgmScale, run.Region)).ShouldBe((string)golden["pgm_image"]!["sha256_pixels"]!);
        Encoding.ASCII.GetString(File(path => PgmImage.Write(path, run.Image, run.PgmScale, run.Region)))
            .ShouldStartWith((string)golden["pgm_image"]!["header"]!);
        run.Header.ToText().ShouldBe(((string)golden["smv_header_text"]!).PadRight(512));
    }

    private static void RequirePrinted(ImageCase run)
    {
        var (header, figures, lines) = (run.Header, run.Statistics, run.Lines());
        $"max_I = {General(figures.Maximum)}  at {General(figures.MaximumFastMetres)} {General(figures.MaximumSlowMetres)}".ShouldBeOneOf(lines);
        $"mean= {General(figures.Mean)} rms= {General(figures.RootMeanSquare)} rmsd= {General(figures.Deviation)}".ShouldBeOneOf(lines);
        RequireIfPrinted($"intfile_scale = {General(run.IntegerScale)}");
        RequireIfPrinted($"Xbeam={General(header.BeamCentreMetres.X)} Ybeam={General(header.BeamCentreMetres.Y)}");
        RequireIfPrinted($"Fbeam={General(header.BeamMetres.Fast)} Sbeam={General(header.BeamMetres.Slow)}");
        var dials = header.DialsOriginMillimetres;
        $"dials origin= {General(dials.X)} {General(dials.Y)} {General(dials.Z)}".ShouldBeOneOf(lines);
        lines.ShouldContain(line => line.StartsWith($"distance={General(header.DistanceMetres)} ", StringComparison.Ordinal));
        var size = $"x{General(header.SlowSizeMetres)}  pixel={General(header.PixelSizeMetres)} meters ({header.FastPixels}x{header.SlowPixels} pixels)";
        lines.ShouldContain(line => line.EndsWith(size, StringComparison.Ordinal));
        var start = General(header.PhiStartRadians * Units.DegreesPerRadian);
        var end = General((header.PhiStartRadians + header.OscillationRadians) * Units.DegreesPerRadian);
        lines.ShouldContain(line => line.EndsWith($"phi steps from {start} to {end} degrees", StringComparison.Ordinal));

        // Some goldens keep fewer lines than others.
        void RequireIfPrinted(string line)
        {
            if (Array.Exists(lines, l => l.StartsWith(line[..line.IndexOf('=', StringComparison.Ordinal)], StringComparison.Ordinal)))
            {
                line.ShouldBeOneOf(lines);
            }
        }
    }

    private static void RequireSmv(ImageCase run, string file, byte[] bytes)
    {
        var text = run.Written(file, "header");
        if (text.Length <= 512)
        {
            Hash.Of(bytes).ShouldBe(run.Written(file, "sha256"));
            return;
        }

        // Where the reference program's text outgrows the 512 bytes that it announces, this file is the one that readers can read.
        Encoding.ASCII.GetString(bytes, 0, 1024).ShouldBe(text.Replace("=512;", "=1024;", StringComparison.Ordinal).PadRight(1024));
        Hash.Of(bytes.AsSpan(1024)).ShouldBe(run.Written(file, "sha256_pixels"));
    }

    private byte[] File(Action<string> write)
    {
        var path = Path.Combine(_folder.FullName, "written");
        write(path);
        return System.IO.File.ReadAllBytes(path);
    }
}
