using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>The assembly under test and those beside it that it refers to, however indirectly; and what is known of the others that it refers to.</summary>
internal sealed class OwnAssemblies : IDisposable
{
    private readonly Dictionary<string, OwnAssembly> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly PackageFolderProbe _packageFolder;

    /// <summary>Opens the assemblies.</summary>
    /// <param name="path">The assembly under test.</param>
    /// <exception cref="BadImageFormatException">One of the files is damaged, or that of the assembly under test is no .NET assembly.</exception>
    public OwnAssemblies(string path)
    {
        path = Path.GetFullPath(path);
        Folder = Path.GetDirectoryName(path)!;
        _packageFolder = new(Path.ChangeExtension(path, ".deps.json"));
        var open = new Queue<string>([path]);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            while (open.TryDequeue(out var file))
            {
                if (!seen.Add(file) || (file != path && !File.Exists(file)) || OwnAssembly.Open(file) is not { } assembly)
                {
                    continue;
                }

                if (!_byName.TryAdd(assembly.Name, assembly))
                {
                    assembly.Dispose();
                    continue;
                }

                foreach (var reference in assembly.Metadata.AssemblyReferences)
                {
                    open.Enqueue(Path.Combine(Folder, assembly.Metadata.GetString(assembly.Metadata.GetAssemblyReference(reference).Name) + ".dll"));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Tested = All.FirstOrDefault() ?? throw new BadImageFormatException($"'{path}' is not a .NET assembly");
    }

    /// <summary>Gets the assembly under test.</summary>
    public OwnAssembly Tested { get; }

    /// <summary>Gets the folder that all of them lie in.</summary>
    public string Folder { get; }

    /// <summary>Gets all of them, the one under test first.</summary>
    public IEnumerable<OwnAssembly> All => _byName.Values;

    /// <summary>Finds one.</summary>
    /// <param name="name">Its simple name.</param>
    /// <returns>The assembly, or null where it is not the user's.</returns>
    public OwnAssembly? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Says which build of an assembly is used that is neither the user's nor the framework's.</summary>
    /// <param name="reference">The reference to it.</param>
    /// <param name="from">Where the reference stands.</param>
    /// <returns>Its name, version and module; null for one of the framework, which is known by the runtime's version.</returns>
    public string? PackageOf(AssemblyReference reference, OwnAssembly from)
    {
        var name = from.Metadata.GetString(reference.Name);
        if (!_packages.TryGetValue(name, out var package))
        {
            package = File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll")) ? null : $"{name} {reference.Version} {ModuleOf(name)}";
            _packages.Add(name, package);
        }

        return package;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var assembly in All)
        {
            assembly.Dispose();
        }
    }

    private string ModuleOf(string name)
    {
        if (_packageFolder.Find(name + ".dll") is not { } path)
        {
            return "not found";
        }

        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return $"{metadata.GetAssemblyDefinition().Version} {metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}";
    }
}
