using System.Runtime.InteropServices;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What one launch draws: <c>Launch</c> of lattice.cl, member for member.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LaunchFigures
{
    /// <summary>Tiles along the fast axis.</summary>
    public int TileColumns;

    /// <summary>The first tile that is drawn.</summary>
    public int FirstTile;

    /// <summary>All tiles of a layer.</summary>
    public int Tiles;

    /// <summary>The first column that is drawn.</summary>
    public int FirstFast;

    /// <summary>The column after the last one.</summary>
    public int EndFast;

    /// <summary>The row after the last one, counted from the first that is drawn.</summary>
    public int EndRow;

    /// <summary>Pixels of an image's row.</summary>
    public int Pitch;

    /// <summary>Sub-pixels per pixel and axis.</summary>
    public int Oversample;

    /// <summary>Layers of the sensor.</summary>
    public int Layers;

    /// <summary>Evaluations, of all that there are or of a part.</summary>
    public int Evaluations;

    /// <summary>1 where sums start with those of the launch before.</summary>
    public int GoesOn;

    /// <summary>1 where another launch goes on with the sums.</summary>
    public int IsToGoOn;
}
