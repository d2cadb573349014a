using NanoBragg.Kernels.Files;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Bases;

namespace NanoBragg.Tool.Baselines;

/// <summary>What an update makes of the base that a baseline pins.</summary>
/// <param name="Pin">The base that the new baseline pins, or null for none.</param>
/// <param name="Remark">What the user should know, or null.</param>
internal sealed record KeptBase(PinnedBase? Pin, string? Remark = null)
{
    /// <summary>Keeps the code that a baseline was taken from.</summary>
    /// <param name="file">The baseline before the update.</param>
    /// <param name="changed">Whether the update changes or adds a figure, so that the code of now becomes the base.</param>
    /// <param name="asked">Where to keep it, or null for where the last one is.</param>
    /// <param name="assemblyPath">The assembly that was measured, or null where that is not known.</param>
    /// <param name="version">Its package version.</param>
    /// <param name="dry">Whether nothing is written.</param>
    /// <returns>The base.</returns>
    /// <exception cref="UserError">It cannot be kept in the way that was asked for; nothing was written.</exception>
    public static KeptBase Keep(BaselineFile file, bool changed, KeepBase? asked, string? assemblyPath, string version, bool dry)
    {
        var old = file.Content.Base;
        var archive = FrozenBase.ArchivePath(file.Path);
        var where = asked ?? (old is not null && File.Exists(archive) && BaseArchive.IsOwn(archive) ? KeepBase.Beside : KeepBase.Cache);
        if (where == KeepBase.None)
        {
            return new(Pin: null);
        }

        try
        {
            var now = assemblyPath is null ? null : BaseFiles.OfAssembly(assemblyPath);
            if (!changed && old is not null)
            {
                var again = now?.Sha256 == old.Sha256 ? now : FrozenBase.FilesOf(old, file.Path);
                if (again is not null)
                {
                    Store(again, where, archive, dry);
                }

                return new(old, again is null && asked is not null ? $"no whole copy of the base {old.Assembly} {old.Version} is here, so it was kept nowhere; the next figure that changes brings a new base" : null);
            }

            if (now is null)
            {
                return new(null, old is null && asked is null ? null : "the baseline keeps no base now, because the assembly that was measured is not known; name it with --assembly beside --measured");
            }

            Store(now, where, archive, dry);
            return new(now.Sha256 == old?.Sha256 ? old : new() { Assembly = Path.GetFileName(assemblyPath!), Version = version, Sha256 = now.Sha256, Unknown = old?.Unknown ?? [] });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or BadImageFormatException)
        {
            // Without a base the gate is weaker; without an update it is useless.
            return new(changed ? null : old, $"no base was kept: {e.Message.TrimEnd('.')}");
        }
    }

    private static void Store(BaseFiles files, KeepBase where, string archive, bool dry)
    {
        if (where == KeepBase.Beside)
        {
            var packed = BaseArchive.Pack(files);
            if (!BaseArchive.IsOwn(archive))
            {
                throw new UserError($"'{archive}' was not written by this tool and is left as it is; move it away, or keep the base with --keep-base cache");
            }

            // By content: another machine's compressor may give other bytes.
            if (!dry && !(File.Exists(archive) && IsSame(archive, files)))
            {
                AtomicFile.Write(archive, file => file.Write(packed));
            }
        }
        else if (CacheFolder.Path is not { } cache)
        {
            throw new IOException($"this user has no folder for it; name one with {CacheFolder.Variable}");
        }
        else if (!dry)
        {
            new BaseCache(cache).Store(files);
        }
    }

    private static bool IsSame(string archive, BaseFiles files)
    {
        try
        {
            return BaseArchive.Unpack(archive).Sha256 == files.Sha256;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
