using NanoBragg.Kernels.Files;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-atomic-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_fails_halfway_leaves_the_old_file_and_nothing_else()
    {
        var path = InFolder("image.img");
        File.WriteAllText(path, "old");

        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));

        File.ReadAllText(path).ShouldBe("old");
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public void What_fails_halfway_leaves_no_new_file()
    {
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(InFolder("image.img"), _ => throw new InvalidOperationException()));

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_is_replaced_and_keeps_its_mode()
    {
        var path = InFolder("image.img");
        File.WriteAllText(path, "an older and longer one");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        File.ReadAllText(path).ShouldBe("new");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        File.CreateSymbolicLink(InFolder("link"), "image.img");

        AtomicFile.Write(InFolder("link"), stream => stream.Write("new"u8));

        File.ReadAllText(InFolder("image.img")).ShouldBe("new");
        new FileInfo(InFolder("link")).LinkTarget.ShouldBe("image.img");
    }

    [Fact]
    public void A_device_is_written_to_and_stays()
    {
        File.CreateSymbolicLink(InFolder("link"), "/dev/null");

        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));
        AtomicFile.Write(InFolder("link"), stream => stream.Write("gone"u8));

        File.ReadAllBytes("/dev/null").ShouldBeEmpty();
        new FileInfo(InFolder("link")).LinkTarget.ShouldBe("/dev/null");
    }

    [Fact]
    public void A_folder_is_refused() =>
        Should.Throw<IOException>(() => AtomicFile.Write(_folder.FullName, stream => stream.Write("x"u8))).Message.ShouldContain("is a folder");

    [Fact]
    public void Counts_that_do_not_fill_the_header_write_no_file()
    {
        var header = ImageHeader.Of(new(new Crystal { Cell = UnitCell.Cubic(100) }, Detector.OfPixels(3, 2), new Beam(), new Sampling()));

        Should.Throw<ArgumentException>(() => SmvFile.Write(InFolder("image.img"), header, new ushort[5]));

        _folder.GetFiles().ShouldBeEmpty();
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
