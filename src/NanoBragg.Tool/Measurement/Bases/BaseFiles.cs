using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using NanoBragg.Tool.Baselines;

namespace NanoBragg.Tool.Measurement.Bases;

/// <summary>An assembly and what it loads from beside it, as bytes: what is kept of the code that a baseline was taken from, addressed by its content.</summary>
internal sealed class BaseFiles
{
    /// <summary>The most bytes that are kept, and read of what claims to be kept.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>The most files that are kept.</summary>
    public const int MostFiles = 256;

    private BaseFiles(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)];
        var manifest = string.Concat(Files.Select(file => $"{file.Key} {Convert.ToHexStringLower(SHA256.HashData(file.Value))}\n"));
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)));
    }

    /// <summary>Gets the files by name, sorted by ordinal.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Files { get; }

    /// <summary>Gets the hash of the manifest: a line of name and hash for each file.</summary>
    public string Sha256 { get; }

    /// <summary>Gives the hash that a baseline would pin for an assembly.</summary>
    /// <param name="assemblyPath">The assembly.</param>
    /// <returns>The hash, or null where its files cannot be read.</returns>
    public static string? PinOf(string assemblyPath)
    {
        try
        {
            return OfAssembly(assemblyPath).Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Reads an assembly, its dependencies file, and the assemblies beside it that it refers to, however indirectly. Nothing is loaded.</summary>
    /// <param name="assemblyPath">The assembly.</param>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">They are too many or too large to be kept, or no assemblies.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static BaseFiles OfAssembly(string assemblyPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        var files = new BoundedFiles();
        var open = new Queue<string>([Path.GetFileName(assemblyPath)]);
        while (open.TryDequeue(out var name))
        {
            if (files.Has(name) || !File.Exists(Path.Combine(folder, name)))
            {
                continue;
            }

            using var image = new PEReader([.. files.Read(name, File.OpenRead(Path.Combine(folder, name)))]);
            if (image.HasMetadata)
            {
                var metadata = image.GetMetadataReader();
                foreach (var reference in metadata.AssemblyReferences)
                {
                    open.Enqueue(metadata.GetString(metadata.GetAssemblyReference(reference).Name) + ".dll");
                }
            }
        }

        var dependencies = Path.ChangeExtension(Path.GetFileName(assemblyPath), ".deps.json");
        if (File.Exists(Path.Combine(folder, dependencies)))
        {
            files.Read(dependencies, File.OpenRead(Path.Combine(folder, dependencies)));
        }

        return files.All();
    }

    /// <summary>Reads a folder of kept files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">It holds what was never put there.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BaseFiles OfFolder(string folder)
    {
        var files = new BoundedFiles();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is not FileInfo file || file.LinkTarget is not null)
            {
                throw new InvalidDataException($"'{entry.Name}' is no file of a base");
            }

            files.Read(file.Name, file.OpenRead());
        }

        return files.All();
    }

    /// <summary>Takes files from somewhere else, such as an archive.</summary>
    /// <param name="entries">Names, and how to read each; every stream is closed.</param>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">A name is none or there twice, or there is too much of it.</exception>
    public static BaseFiles Of(IEnumerable<(string Name, Func<Stream> Open)> entries)
    {
        var files = new BoundedFiles();
        foreach (var (name, open) in entries)
        {
            files.Read(name, open());
        }

        return files.All();
    }

    /// <summary>Writes the files into a folder.</summary>
    /// <param name="folder">The folder, which exists and is empty.</param>
    public void WriteTo(string folder)
    {
        foreach (var (name, bytes) in Files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    /// <summary>Collects files, and stops at the first that is too much.</summary>
    private sealed class BoundedFiles
    {
        // Without regard to case, because some file systems have none.
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.OrdinalIgnoreCase);
        private long _bytes;

        public bool Has(string name) => _files.ContainsKey(name);

        public byte[] Read(string name, Stream stream)
        {
            using (stream)
            {
                if (!PlainFileName.Is(name) || Has(name))
                {
                    throw new InvalidDataException($"'{name}' is no name of a file, or there twice");
                }

                if (_files.Count == MostFiles)
                {
                    throw new InvalidDataException($"there are more than {MostFiles} files");
                }

                // What an archive says of a file's length need not be true.
                using var bytes = new MemoryStream();
                var buffer = new byte[1 << 16];
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    _bytes += read;
                    if (_bytes > MostBytes)
                    {
                        throw new InvalidDataException($"the files have more than {MostBytes >> 20} MB");
                    }

                    bytes.Write(buffer, 0, read);
                }

                return _files[name] = bytes.ToArray();
            }
        }

        public BaseFiles All() => new(_files);
    }
}
