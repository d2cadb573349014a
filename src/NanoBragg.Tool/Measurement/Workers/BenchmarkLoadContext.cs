using System.Reflection;
using System.Runtime.Loader;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Loads the assembly under test with its own dependencies. What is not among them may come from the shared framework, but never from the tool's own
/// folder: the tool's copy of a library is not the one that the user built against.
/// </summary>
internal sealed class BenchmarkLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly AssemblyDependencyResolver _resolver;
    private readonly PackageFolderProbe _packages;

    /// <summary>Prepares to load an assembly.</summary>
    /// <param name="assemblyPath">Its full path.</param>
    /// <exception cref="InvalidOperationException">The dependencies file beside it is broken.</exception>
    public BenchmarkLoadContext(string assemblyPath)
        : base("under test")
    {
        _folder = Path.GetDirectoryName(assemblyPath)!;
        _resolver = new AssemblyDependencyResolver(assemblyPath);
        _packages = new PackageFolderProbe(Path.ChangeExtension(assemblyPath, ".deps.json"));
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var fileName = assemblyName.Name + ".dll";
        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } resolved)
        {
            return LoadFromAssemblyPath(resolved);
        }

        var beside = Path.Combine(_folder, fileName);
        if (File.Exists(beside))
        {
            return LoadFromAssemblyPath(beside);
        }

        if (IsInFramework(fileName))
        {
            return null;
        }

        return _packages.Find(fileName) is { } packaged
            ? LoadFromAssemblyPath(packaged)
            : throw new FileNotFoundException($"'{assemblyName.Name}' {assemblyName.Version} was found neither beside the assembly under test nor in the NuGet packages folder.", fileName);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsInFramework(string fileName) =>
        File.Exists(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), fileName));
}
