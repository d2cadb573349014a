using System.IO.Compression;
using System.Text;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement.Bases;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Bases;

/// <summary>What is kept of an assembly, in a folder and in a file, and what is refused of both.</summary>
public sealed class BaseFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_assembly_and_what_it_refers_to_beside_it_are_kept_and_nothing_else()
    {
        var files = BaseFiles.OfAssembly(Fixture.AssemblyPath);
        var names = files.Files.Select(file => file.Key).ToList();
        names.ShouldContain("NanoBragg.Tool.Tests.Kernels.dll");
        names.ShouldContain("MathNet.Numerics.dll");
        names.ShouldNotContain("Shouldly.dll");
        names.ShouldNotContain(name => name.EndsWith(".pdb"));
        names.ShouldBe(names.Order(StringComparer.Ordinal));

        var built = BaseFiles.OfAssembly(Path.Combine(Fixture.BuildFolder, "NanoBragg.Tool.Tests.Kernels.dll"));
        built.Files.Select(file => file.Key).ShouldContain("NanoBragg.Tool.Tests.Kernels.deps.json");
        built.Sha256.ShouldNotBe(files.Sha256);
    }

    [Fact]
    public void The_hash_is_of_names_and_contents()
    {
        // printf 'a.dll %s\nb.dll %s\n' $(printf 1 | sha256sum) $(printf 2 | sha256sum) | sha256sum
        Of(("b.dll", "2"), ("a.dll", "1")).Sha256.ShouldBe("13f01af020a6e3264d74e18d79c227ce94e3c6971cf946024f57eca7bf479778");
        Of(("b.dll", "2"), ("c.dll", "1")).Sha256.ShouldNotBe(Of(("b.dll", "2"), ("a.dll", "1")).Sha256);
        Of(("b.dll", "1"), ("a.dll", "2")).Sha256.ShouldNotBe(Of(("b.dll", "2"), ("a.dll", "1")).Sha256);
    }

    [Theory]
    [InlineData("../a.dll")]
    [InlineData("sub/a.dll")]
    [InlineData("sub\\a.dll")]
    [InlineData("C:a.dll")]
    [InlineData("/etc/a.dll")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string name) =>
        Should.Throw<InvalidDataException>(() => Of((name, "1"))).Message.ShouldContain("no name of a file");

    [Fact]
    public void A_name_twice_is_refused_whatever_its_case() => Should.Throw<InvalidDataException>(() => Of(("a.dll", "1"), ("A.dll", "2")));

    [Fact]
    public void A_cached_base_is_whole_or_replaced()
    {
        var cache = new BaseCache(_folder["cache"]);
        var files = Of(("a.dll", "1"), ("b.dll", "2"));
        cache.Store(files);
        var folder = cache.FolderOf(files.Sha256);
        BaseFiles.OfFolder(folder).Sha256.ShouldBe(files.Sha256);

        foreach (var damage in new Action[]
        {
            () => File.WriteAllText(Path.Combine(folder, "a.dll"), "3"),
            () => File.Delete(Path.Combine(folder, "b.dll")),
            () => File.WriteAllText(Path.Combine(folder, "more.dll"), ""),
            () => Directory.CreateDirectory(Path.Combine(folder, "sub")),
        })
        {
            damage();
            cache.Store(files);
            BaseFiles.OfFolder(folder).Sha256.ShouldBe(files.Sha256);
        }
    }

    [Fact]
    public void Of_many_bases_those_that_were_used_last_are_kept()
    {
        var cache = new BaseCache(_folder["cache"]);
        var all = Enumerable.Range(0, BaseCache.Most + 3).Select(i => Of(("a.dll", $"{i}"))).ToArray();
        for (var i = 0; i < BaseCache.Most; i++)
        {
            cache.Store(all[i]);
            Directory.SetLastWriteTimeUtc(cache.FolderOf(all[i].Sha256), DateTime.UtcNow.AddDays(i - 100));
        }

        cache.Use(all[0].Sha256);
        foreach (var more in all[BaseCache.Most..])
        {
            cache.Store(more);
        }

        var kept = all.Select(files => Directory.Exists(cache.FolderOf(files.Sha256))).ToArray();
        kept.Count(whole => whole).ShouldBe(BaseCache.Most);
        kept[..5].ShouldBe([true, false, false, false, true]);
    }

    [Fact]
    public async Task Many_writers_of_the_same_base_leave_one_whole_copy()
    {
        var files = Of([.. Enumerable.Range(0, 20).Select(i => ($"{i}.dll", new string('x', 10_000 + i)))]);
        for (var round = 0; round < 10; round++)
        {
            var cache = _folder[$"cache-{round}"];
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new BaseCache(cache).Store(files))));
            BaseFiles.OfFolder(new BaseCache(cache).FolderOf(files.Sha256)).Sha256.ShouldBe(files.Sha256);
            Directory.GetFileSystemEntries(Path.Combine(cache, "bases")).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void An_archive_gives_back_what_was_packed_and_the_same_bytes_each_time()
    {
        var files = Of(("b.dll", "2"), ("a.dll", "1"));
        var packed = BaseArchive.Pack(files);
        BaseArchive.Pack(Of(("a.dll", "1"), ("b.dll", "2"))).ShouldBe(packed);
        File.WriteAllBytes(_folder["base.zip"], packed);
        BaseArchive.Unpack(_folder["base.zip"]).Sha256.ShouldBe(files.Sha256);
        BaseArchive.IsOwn(_folder["base.zip"]).ShouldBeTrue();
        BaseArchive.IsOwn(_folder["none.zip"]).ShouldBeTrue();
        BaseArchive.IsOwn(_folder.Write("other.zip", "not a zip")).ShouldBeFalse();
    }

    [Fact]
    public void A_base_that_is_too_large_for_a_repository_is_refused_with_a_way_out()
    {
        var random = new byte[BaseArchive.MostBytes + 1];
        new Random(1).NextBytes(random);
        var refused = Should.Throw<UserError>(() => BaseArchive.Pack(BaseFiles.Of([("Large.dll", () => new MemoryStream(random))])));
        refused.Message.ShouldContain("kB packed (Large.dll");
        refused.Message.ShouldContain("at most 200 kB");
        refused.Message.ShouldContain("--keep-base cache");
    }

    [Fact]
    public void An_archive_that_would_unpack_to_more_than_there_should_be_is_not_unpacked()
    {
        // Zeros pack a thousand to one: this is a bomb of some 70 MB in 70 kB.
        var bomb = Zip(archive =>
        {
            using var stream = archive.CreateEntry("a.dll").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 70; i++)
            {
                stream.Write(zeros);
            }
        });
        new FileInfo(bomb).Length.ShouldBeLessThan(BaseArchive.MostBytes);
        Should.Throw<InvalidDataException>(() => BaseArchive.Unpack(bomb)).Message.ShouldContain("more than 64 MB");
    }

    [Fact]
    public void An_archive_with_paths_or_too_many_files_is_not_unpacked()
    {
        Should.Throw<InvalidDataException>(() => BaseArchive.Unpack(Zip(archive => archive.CreateEntry("../a.dll")))).Message.ShouldContain("no name of a file");
        Should.Throw<InvalidDataException>(() => BaseArchive.Unpack(Zip(archive => archive.CreateEntry("folder/")))).Message.ShouldContain("no name of a file");
        Should.Throw<InvalidDataException>(() => BaseArchive.Unpack(Zip(archive =>
        {
            for (var i = 0; i <= BaseFiles.MostFiles; i++)
            {
                archive.CreateEntry($"{i}.dll");
            }
        }))).Message.ShouldContain("more than 256 files");
    }

    [Theory]
    [InlineData("1.4.0", "[1.4.0]", "1.4.0", true)]
    [InlineData("1.4.0", "[1.4.0]", "1.4.1", false)]
    [InlineData("[1.0,2.0)", "[*, 2.0.0)", "1.9.0", true)]
    [InlineData("[1.0,2.0)", "[*, 2.0.0)", "0.9.0", false)]
    [InlineData("[1.0,2.0]", "[*, 2.0.0]", "2.0.0", true)]
    [InlineData("[1.0-rc,2.0)", "[*-*, 2.0.0)", "1.0.0", true)]
    [InlineData("[1.0,)", "*", "7.0.0", true)]
    [InlineData("1.*", "1.*", "1.9.0", true)]
    public void A_range_becomes_one_of_which_nuget_takes_the_highest(string range, string restored, string version, bool allowed)
    {
        var package = PackageRange.Parse("My.Kernels@" + range);
        package.Id.ShouldBe("My.Kernels");
        package.ToRestore.ShouldBe(restored);
        NuGet.Versioning.VersionRange.TryParse(restored, out _).ShouldBeTrue();
        package.Allows(NuGet.Versioning.NuGetVersion.Parse(version)).ShouldBe(allowed);
    }

    [Fact]
    public void Without_a_range_it_is_the_highest_stable_version() => PackageRange.Parse("My.Kernels").ToRestore.ShouldBe("*");

    [Theory]
    [InlineData("")]
    [InlineData("a\" Version=\"1")]
    [InlineData("../a@1.0")]
    [InlineData("My.Kernels@")]
    [InlineData("My.Kernels@newest")]
    public void What_is_no_package_is_refused_in_one_line(string text) => Should.Throw<UserError>(() => PackageRange.Parse(text)).Message.ShouldContain("write --base-package");

    [Fact]
    public void A_plain_file_name_is_a_name_on_every_system()
    {
        PlainFileName.Is("My.Kernels.dll").ShouldBeTrue();
        PlainFileName.Is(".hidden").ShouldBeFalse();
        PlainFileName.Is("a\n.dll").ShouldBeFalse();
        PlainFileName.Is(new string('a', 201)).ShouldBeFalse();
    }

    private static BaseFiles Of(params (string Name, string Text)[] files) =>
        BaseFiles.Of(files.Select(file => (file.Name, (Func<Stream>)(() => new MemoryStream(Encoding.UTF8.GetBytes(file.Text))))));

    private string Zip(Action<ZipArchive> fill)
    {
        var path = _folder[$"{Guid.NewGuid():n}.zip"];
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        fill(archive);
        return path;
    }
}
