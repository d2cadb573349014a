using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class CpuQuotaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0::/ci/job\n", "ci/job", "usage_usec 5\nnr_throttled 3\nthrottled_usec 1500000\n", 1.5)]
    [InlineData("0::/of/the/host\n", "", "throttled_usec 250000\n", 0.25)]
    [InlineData("4:memory:/a\n2:cpu,cpuacct:/docker/1\n0::/\n", "cpu,cpuacct/docker/1", "nr_periods 9\nnr_throttled 2\nthrottled_time 3000000000\n", 3.0)]
    [InlineData("1:cpu:/docker/1\n", "cpu", "nr_periods 9\nthrottled_time 500000000\n", 0.5)]
    [InlineData("0::/\n", "", "usage_usec 5\n", null)]
    [InlineData("4:memory:/a\n", "memory/a", "throttled_usec 5\n", null)]
    public void The_quota_of_the_own_group_is_found(string membership, string folder, string content, double? expected)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(Path.Combine(_folder[folder], "cpu.stat"), content);

        CpuQuota.ThrottledSeconds(membership, _folder.Path).ShouldBe(expected);
    }

    [Fact]
    public void Without_groups_nothing_is_told() => CpuQuota.ThrottledSeconds(null, _folder.Path).ShouldBeNull();

    [Fact]
    public void A_thread_that_waits_for_a_processor_is_seen_where_the_system_counts_it()
    {
        // Other systems have no such file.
        var waited = Procfs.RunQueueWaitSeconds();

        if (OperatingSystem.IsLinux())
        {
            waited.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0);
        }
    }
}
