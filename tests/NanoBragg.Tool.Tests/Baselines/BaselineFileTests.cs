using System.Diagnostics;
using NanoBragg.Kernels.Files;
using NanoBragg.Tool.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

public class BaselineFileTests
{
    [Fact]
    public void Writing_what_the_file_says_already_does_not_touch_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("b.json", Sample.Full.Replace("  ", "\t", StringComparison.Ordinal));
        var file = BaselineFile.Read(path);
        file.Write(file.Content).ShouldBeFalse();
        File.ReadAllText(path).ShouldContain("\t");
    }

    [Fact]
    public void Writing_keeps_the_mode_and_leaves_nothing_beside_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // There are no modes to keep.
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write("b.json", Sample.Full);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(path, Mode);
        var file = BaselineFile.Read(path);
        file.Write(file.Content with { Entries = [] }).ShouldBeTrue();
        File.GetUnixFileMode(path).ShouldBe(Mode);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
        BaselineFile.Read(path).Content.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_symbolic_link_stays_one_and_its_target_is_replaced()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["shared"]);
        var target = folder.Write("shared/real.json", Sample.Full);
        File.CreateSymbolicLink(folder["b.json"], "shared/real.json");
        var file = BaselineFile.Read(folder["b.json"]);
        file.Write(file.Content with { Entries = [] });
        File.ResolveLinkTarget(folder["b.json"], returnFinalTarget: true)!.FullName.ShouldBe(target);
        BaselineFile.Read(target).Content.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_somebody_changed_meanwhile_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("b.json", Sample.Full);
        var file = BaselineFile.Read(path);
        File.WriteAllText(path, "theirs");
        Should.Throw<BaselineException>(() => file.Write(Baseline.Empty)).Message.ShouldContain("run the command again");
        File.ReadAllText(path).ShouldBe("theirs");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void A_file_that_somebody_created_meanwhile_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var file = BaselineFile.Read(folder["b.json"]);
        folder.Write("b.json", "theirs");
        Should.Throw<BaselineException>(() => file.Write(Baseline.Empty));
        File.ReadAllText(folder["b.json"]).ShouldBe("theirs");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var file = BaselineFile.Read(folder["no/b.json"]);
        var problem = Should.Throw<BaselineException>(() => file.Write(Baseline.Empty));
        problem.Message.ShouldContain("cannot be written");
        problem.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_writer_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("b.json", Sample.Full);
        var sizes = new HashSet<long>();
        for (var round = 0; round < 8; round++)
        {
            using var writer = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(BaselineFileTests).Assembly.Location, "rewrite", path]) { RedirectStandardOutput = true })!;
            writer.StandardOutput.ReadLine().ShouldBe("writing");
            Thread.Sleep(20 + (7 * round));
            writer.Kill();
            writer.WaitForExit();
            var file = BaselineFile.Read(path);
            file.Content.Entries.Count.ShouldBeOneOf(1, 400);
            sizes.Add(new FileInfo(path).Length);
        }

        sizes.Count.ShouldBeLessThanOrEqualTo(2);

        // What killed writers left behind is removed by the next one, once it is old enough to be nobody's.
        foreach (var leftover in Directory.GetFiles(folder.Path, ".b.json.*.tmp"))
        {
            File.SetLastWriteTimeUtc(leftover, DateTime.UtcNow.AddHours(-1));
        }

        AtomicFile.Write(path, file => file.Write("{}"u8));
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
    }
}
