using System.Text;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Imaging;

public sealed class SmvTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-smv-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var detector = Detector.OfPixels(5, 3, 0.172e-3) with { DistanceMetres = 0.25 };
        var header = ImageHeader.Of(new(new Crystal { Cell = UnitCell.Cubic(100), PhiStartRadians = Units.Degrees(30) }, detector, new Beam(), new Sampling()));
        ushort[] counts = [1, 2, 3, 4, 5, 0, 0x0102, 65535, 9, 10, 11, 12, 13, 14, 15];
        var path = InFolder("image.img");

        SmvFile.Write(path, header, counts);
        var image = SmvImage.Read(path);

        image.Counts.ShouldBe(counts);
        var geometry = SmvGeometry.OfImage(image.Header);
        (geometry.FastPixels, geometry.SlowPixels, geometry.PixelSizeMetres).ShouldBe((5, 3, 0.172 / 1000.0));
        geometry.CloseDistanceMetres.ShouldBe(0.25);
        geometry.WavelengthMetres.ShouldBe(1e-10);
        geometry.PhiStartRadians.ShouldBe(Units.Degrees(30));
        geometry.OscillationRadians.ShouldBe(0.0);
        var mask = image.ToMask();
        (mask.Skips(0, 1), mask.Skips(1, 1), mask.Skips(0, 0)).ShouldBe((true, false, false));
    }

    [Fact]
    public void A_header_that_needed_more_room_is_read_back()
    {
        var detector = Detector.OfPixels(3, 2, 0.172e-3) with
        {
            DistanceMetres = 0.1234567,
            RotationRadians = new(0.1, 0.2, 0.3),
            TwoThetaRadians = 0.23456789,
            BeamCentreXMetres = 0.0123456789,
        };
        var crystal = new Crystal { Cell = UnitCell.Cubic(100), PhiStartRadians = 0.123456, OscillationRadians = 0.00123456 };
        var header = ImageHeader.Of(new(crystal, detector, new Beam { WavelengthMetres = 0.979489e-10 }, new Sampling()));

        SmvFile.Write(InFolder("image.img"), header, [1, 2, 3, 4, 5, 6]);
        var image = SmvImage.Read(InFolder("image.img"));

        image.Header.HeaderBytes.ShouldBe(1024);
        image.Counts.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void A_keyword_is_looked_up_at_its_last_place_even_inside_another()
    {
        var header = Header("SIZE1=4;\nSIZE2=3;\nDISTANCE=100;\nCLOSE_DISTANCE=90;\nORGX=1;\nXDS_ORGX=2.5;\nPHI=1;\n");

        header.ValueOf("DISTANCE").ShouldBe(90);
        header.ValueOf("ORGX").ShouldBe(2.5);
        header.ValueOf("ORGY").ShouldBeNull();
        var geometry = SmvGeometry.OfImage(header);
        (geometry.DistanceMetres, geometry.CloseDistanceMetres).ShouldBe((0.09, 0.09));
        geometry.BeamCentreYMetres.ShouldBeNull();
    }

    [Fact]
    public void A_keyword_without_a_figure_of_its_own_takes_the_next_one()
    {
        Header("SIZE1=4;\nSIZE2=3;\n# ALPHI x\nOSC_RANGE=0.5;\n").ValueOf("PHI").ShouldBe(0.5);
        Header("SIZE1=4;\nSIZE2=3;\nPHI\n").ValueOf("PHI").ShouldBe(0.0);
        Header("SIZE1=4;\nSIZE2=3;\nPHI=nan;\n").ValueOf("PHI").ShouldBeNull();
    }

    [Fact]
    public void A_mask_counts_the_second_beam_coordinate_from_the_other_edge()
    {
        var header = Header("SIZE1=4;\nSIZE2=300;\nPIXEL_SIZE=0.2;\nBEAM_CENTER_X=1;\nBEAM_CENTER_Y=20;\n");

        SmvGeometry.OfMask(header).BeamCentreYMetres.ShouldBe(0.2 / 1000.0 * 300 - 0.02);
        SmvGeometry.OfImage(header).BeamCentreYMetres.ShouldBe(0.02);
        SmvGeometry.OfMask(Header("SIZE1=4;\nSIZE2=300;\n")).BeamCentreYMetres.ShouldBeNull();
    }

    [Fact]
    public void A_square_may_be_told_by_its_dimension()
    {
        var header = Header("SIZE1=0;\nSIZE2=7;\nDETECTOR_DIMENSIONS=64;\n");

        (header.FastPixels, header.SlowPixels).ShouldBe((64, 64));
    }

    [Theory]
    [InlineData("", "byte 0 does not start")]
    [InlineData("P5\n3 3\n255\n", "byte 0 does not start")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=2;\n}\f", "the file ends at byte 40, within the header of 512 bytes")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=2;\n*", "the header has no } in its 512 bytes")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=2;\n\0}*", "the header has no } in its 512 bytes")]
    [InlineData("{\nHEADER_BYTES=4096;\nSIZE1=2;\nSIZE2=2;\n}*", "the file ends at byte 512, within the header of 4096 bytes")]
    [InlineData("{\nHEADER_BYTES=1e300;\n}*", "HEADER_BYTES is 1e+300; a header has 512 to 1048576 bytes")]
    [InlineData("{\nHEADER_BYTES=-512;\n}*", "HEADER_BYTES is -512; a header has 512 to 1048576 bytes")]
    [InlineData("{\nHEADER_BYT\n}*", "HEADER_BYTES is 0; a header has 512 to 1048576 bytes")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE2=2;\n}*", "the header has no SIZE1")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=0;\nSIZE2=2;\n}*", "the header has no DETECTOR_DIMENSIONS")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=-3;\n}*", "SIZE2 is -3 in the header; give a number of pixels")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=0;\n}*", "the header makes 2 × 0 pixels")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=inf;\n}*", "SIZE2 is inf in the header")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=100000;\nSIZE2=100000;\n}*", "the header makes 100000 × 100000 pixels (SIZE1 and SIZE2), more than the")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=40000;\nSIZE2=40000;\n}*", "the file ends at byte 512, but its header makes 40000 × 40000 pixels, which end at byte 3200000512")]
    [InlineData("{\nHEADER_BYTES=512;\nSIZE1=2;\nSIZE2=2;\n}*1234567", "the file ends at byte 519, but its header makes 2 × 2 pixels, which end at byte 520")]
    public void A_file_that_is_no_whole_image_is_one_clear_error(string content, string error)
    {
        // The star stands for the spaces to 512 bytes.
        var parts = content.Split('*');
        var path = InFolder("bad.img");
        File.WriteAllText(path, parts.Length == 1 ? content : parts[0].PadRight(512) + parts[1], Encoding.Latin1);

        var message = Should.Throw<ExperimentException>(() => SmvImage.Read(path)).Message;

        message.ShouldStartWith(path + ": ");
        message.ShouldContain(error);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_one_clear_error()
    {
        Should.Throw<ExperimentException>(() => SmvHeader.Read(InFolder("none.img"))).Message.ShouldStartWith(InFolder("none.img") + ": ");
        Should.Throw<ExperimentException>(() => SmvImage.Read(_folder.FullName)).Message.ShouldStartWith(_folder.FullName + ": ");
    }

    [Fact]
    public void What_has_no_length_is_refused() =>
        Should.Throw<ExperimentException>(() => SmvImage.Read(new EndlessStream(), "endless")).Message.ShouldContain("not a file with a length");

    [Fact]
    public void A_gigabyte_of_garbage_costs_no_more_than_its_start()
    {
        var path = InFolder("garbage.img");
        using (var file = File.Create(path))
        {
            file.Write("garbage"u8);
            file.SetLength(1L << 30);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<ExperimentException>(() => SmvImage.Read(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_megabyte_of_digits_is_no_number_of_pixels()
    {
        var text = ("{\nHEADER_BYTES=1048576;\nSIZE2=3;\nSIZE1=" + new string('7', 1_000_000) + ";\n}\f").PadRight(1 << 20);

        Should.Throw<ExperimentException>(() => SmvHeader.Read(new MemoryStream(Encoding.ASCII.GetBytes(text)), "digits")).Message
            .ShouldBe("digits: SIZE1 is inf in the header; give a number of pixels");
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_one_clear_error()
    {
        var text = "{\nHEADER_BYTES=512;\nSIZE1=4;\nSIZE2=3;\n}\f".PadRight(512) + new string('A', 13);

        Should.Throw<ExperimentException>(() => SmvImage.Read(new ShrinkingStream(Encoding.ASCII.GetBytes(text)), "shrinking")).Message
            .ShouldStartWith("shrinking: the file ends at byte 525, but its header makes 4 × 3 pixels");
    }

    [Fact]
    public void A_header_is_read_without_the_pixels_after_it()
    {
        var endless = new EndlessStream("{\nHEADER_BYTES=1024;\nSIZE1=30000;\nSIZE2=30000;\n}\f".PadRight(1024));

        SmvHeader.Read(endless, "endless").FastPixels.ShouldBe(30000);

        endless.Served.ShouldBe(1024);
    }

    [Fact]
    public void Ten_thousand_damaged_files_are_read_or_refused_in_one_line()
    {
        var whole = Encoding.ASCII.GetBytes(
            "{\nHEADER_BYTES=512;\nDIM=2;\nBYTE_ORDER=little_endian;\nTYPE=unsigned_short;\nSIZE1=7;\nSIZE2=5;\nPIXEL_SIZE=0.3;\nDISTANCE=95;\nPHI=3;\n}\f".PadRight(512)
            + new string('A', 70));
        var random = new Random(20261125);
        var (read, refused) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            using var damaged = new MemoryStream(SmvDamage.Of(whole, random));
            try
            {
                var image = SmvImage.Read(damaged, "damaged");
                image.Counts.Length.ShouldBe(image.Header.FastPixels * image.Header.SlowPixels);
                (image.Header.HeaderBytes + 2L * image.Counts.Length).ShouldBeLessThanOrEqualTo(damaged.Length + 1);
                SmvGeometry.OfMask(image.Header).SlowPixels.ShouldBe(image.Header.SlowPixels);
                read++;
            }
            catch (ExperimentException e)
            {
                e.Message.ShouldStartWith("damaged: ");
                e.Message.ShouldNotContain("\n");
                refused++;
            }
        }

        // Both ways are taken often, and none takes memory that the file does not account for.
        read.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000L * 200_000);
    }

    private static SmvHeader Header(string lines) =>
        SmvHeader.Read(new MemoryStream(Encoding.ASCII.GetBytes(("{\nHEADER_BYTES=512;\n" + lines + "}\f").PadRight(512))), "test");

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Promises more than it has.</summary>
    private sealed class ShrinkingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => 2000;
    }

    /// <summary>A start, then zeros without end, as of a device.</summary>
    private sealed class EndlessStream(string start = "") : Stream
    {
        public int Served { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++)
            {
                buffer[offset + i] = Served < start.Length ? (byte)start[Served] : (byte)0;
                Served++;
            }

            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
