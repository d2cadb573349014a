using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

/// <summary>A cache of the tests' own, so that each program is compiled once in a run and the user's is neither read nor written.</summary>
internal static class OpenClCache
{
#pragma warning disable CA2255 // No test may run before this, whichever is first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "cache");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Environment.SetEnvironmentVariable("NANOBRAGG_CACHE", folder);
    }
}
