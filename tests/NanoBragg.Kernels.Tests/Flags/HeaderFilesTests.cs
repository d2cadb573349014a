using System.Text;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Flags;

public sealed class HeaderFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-headers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_header_places_the_detector_and_flags_win_wherever_they_stand()
    {
        Smv("ref.img", 12, 10, "PIXEL_SIZE=0.3;\nDISTANCE=95;\nWAVELENGTH=1.07;\nBEAM_CENTER_X=14.2;\nBEAM_CENTER_Y=19.1;\nORGX=7;\nPHI=3;\nOSC_RANGE=0.5;\n");

        var (crystal, detector, beam, _) = Parse("-distance 80 -img ref.img");

        (detector.FastPixels, detector.SlowPixels, detector.PixelSizeMetres).ShouldBe((12, 10, Units.Millimetres(0.3)));
        (detector.DistanceMetres, detector.CloseDistanceMetres).ShouldBe((Units.Millimetres(80), null));
        (detector.BeamCentreXMetres, detector.BeamCentreYMetres).ShouldBe((Units.Millimetres(14.2), Units.Millimetres(19.1)));
        (detector.OriginXPixels, detector.OriginYPixels).ShouldBe((7.0, null));
        (crystal.PhiStartRadians, crystal.OscillationRadians).ShouldBe((Units.Degrees(3), Units.Degrees(0.5)));
        beam.WavelengthMetres.ShouldBe(Units.Angstroms(1.07));
        detector.Mask.ShouldBeNull();
        Parse("-img ref.img -detpixels_f 20").Detector.FastPixels.ShouldBe(20);
        Parse("-img ref.img -detpixels 0 -detsize_s 6").Detector.SlowPixels.ShouldBe(20);
    }

    [Fact]
    public void The_image_comes_after_the_mask_and_the_last_of_each_counts()
    {
        Smv("a.img", 4, 3, "DISTANCE=1;\nBEAM_CENTER_Y=0.1;\n");
        Smv("b.img", 4, 3, "DISTANCE=2;\nBEAM_CENTER_X=0.2;\n");
        Smv("c.img", 4, 3, "PHI=9;\n");

        var (crystal, detector, _, _) = Parse("-img b.img -mask c.img -mask a.img");

        (detector.DistanceMetres, crystal.PhiStartRadians).ShouldBe((0.002, 0.0));
        detector.BeamCentreYMetres.ShouldBe(0.1e-3 * 3 - Units.Millimetres(0.1));
        detector.Mask!.Skips(0, 0).ShouldBeTrue();
        Parse("-img b.img -img").Detector.DistanceMetres.ShouldBe(0.002);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        Should.Throw<ExperimentException>(() => Parse("-mask none.img")).Message.ShouldContain("none.img: cannot be read");
        Should.Throw<ExperimentException>(() => Parse("-img none.img")).Message.ShouldContain("none.img: cannot be read");
    }

    [Fact]
    public void A_mask_of_another_size_is_refused()
    {
        Smv("mask.img", 4, 3, "");

        Should.Throw<ExperimentException>(() => SimulationPlan.Create(Parse("-mask mask.img -detpixels 5"))).Message
            .ShouldBe("the mask has 4 × 3 pixels and the detector 5 × 5: give a mask of its size");
    }

    [Fact]
    public void A_region_is_four_limits_and_the_last_one_wins()
    {
        Parse("-roi 1 2 3 4 -roi -1 20 5 -1").Detector.Region.ShouldBe(PixelRegion.OfLimits(-1, 20, 5, -1));
        Parse("-roi 1 2 3").Detector.Region.ShouldBe(PixelRegion.Everything);
    }

    private Experiment Parse(string line) => CommandLineFlags.Parse(("-cell 100 -default_F 1 " + line).Split(' '), _folder.FullName);

    private void Smv(string name, int fast, int slow, string lines)
    {
        var header = $"{{\nHEADER_BYTES=512;\nSIZE1={fast};\nSIZE2={slow};\n{lines}}}\f".PadRight(512);
        File.WriteAllBytes(Path.Combine(_folder.FullName, name), [.. Encoding.ASCII.GetBytes(header), .. new byte[2 * fast * slow]]);
    }
}
