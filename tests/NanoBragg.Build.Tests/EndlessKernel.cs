namespace NanoBragg.Build.Tests;

/// <summary>A kernel that never returns, and burns no processor while it does not.</summary>
internal static class EndlessKernel
{
    public const string Source = """
        using System.Threading;
        using NanoBragg;

        internal static class Kernels
        {
            [KernelBenchmark("endless")]
            private static KernelRun Prepare() => new KernelRun(() => Thread.Sleep(Timeout.Infinite));
        }
        """;
}
