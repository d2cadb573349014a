using System.Diagnostics;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class WorkerFolderTests
{
    [Fact]
    public void A_folder_whose_tool_is_gone_is_deleted_by_the_next_and_one_in_use_is_not()
    {
        // The process id of a program that has ended.
        using var ended = Process.Start("dotnet", "--version")!;
        ended.WaitForExit();
        var abandoned = Path.Combine(Path.GetTempPath(), $"nanobragg-worker-{ended.Id}-abandoned");
        Directory.CreateDirectory(abandoned);
        File.WriteAllText(Path.Combine(abandoned, "request.json"), "{}");

        using var first = WorkerFolder.Create();
        Directory.Exists(abandoned).ShouldBeFalse();
        using (var second = WorkerFolder.Create())
        {
            Directory.Exists(first.Path).ShouldBeTrue();
            second.Path.ShouldNotBe(first.Path);
        }

        Directory.Exists(first.Path).ShouldBeTrue();
    }
}
