namespace NanoBragg.Kernels.Physics;

/// <summary>Constants of nature, with the reference program's digits.</summary>
public static class Constants
{
    /// <summary>Thomson cross-section per steradian, r_e², m².</summary>
    public const double ThomsonSquareMetres = 7.94079248018965e-30;

    /// <summary>Avogadro's number, molecules in a mole.</summary>
    public const double Avogadro = 6.02214179e23;
}
