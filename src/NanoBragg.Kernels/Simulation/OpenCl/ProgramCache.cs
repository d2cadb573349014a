using System.Security.Cryptography;
using System.Text;
using NanoBragg.Kernels.Files;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>
/// Programs as drivers compiled them, one file each: the SHA-256 of the binary, then the binary. A file that is not whole counts as none, and a folder that
/// cannot be written to costs time only.
/// </summary>
internal static class ProgramCache
{
    /// <summary>Gets the folder: <c>opencl</c> in that which NANOBRAGG_CACHE names, or in the user's local application data; null without either.</summary>
    public static string? Folder =>
        Environment.GetEnvironmentVariable("NANOBRAGG_CACHE") is { Length: > 0 } named ? Path.Combine(Path.GetFullPath(named), "opencl")
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? Path.Combine(local, "nanobragg", "opencl")
        : null;

    /// <summary>Names a program by all that its binary depends on.</summary>
    /// <param name="device">The device.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">The compiler's options.</param>
    public static string Key(OpenClDevice device, string source, string options) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', device.Platform, device.Name, device.Driver, options, source))));

    /// <summary>Reads a binary.</summary>
    /// <param name="key">The program's name.</param>
    /// <returns>The binary, or null where there is none that is whole.</returns>
    public static byte[]? Read(string key)
    {
        try
        {
            return PathOf(key) is { } path && File.Exists(path) && File.ReadAllBytes(path) is { Length: > SHA256.HashSizeInBytes } content
                && SHA256.HashData(content.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(content.AsSpan(0, SHA256.HashSizeInBytes))
                ? content[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a binary.</summary>
    /// <param name="key">The program's name.</param>
    /// <param name="binary">The binary.</param>
    public static void Write(string key, byte[] binary)
    {
        if (PathOf(key) is not { } path)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream =>
            {
                stream.Write(SHA256.HashData(binary));
                stream.Write(binary);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start compiles again.
        }
    }

    private static string? PathOf(string key) => Folder is { } folder ? Path.Combine(folder, key + ".bin") : null;
}
