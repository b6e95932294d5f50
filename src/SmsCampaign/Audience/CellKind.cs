namespace SmsCampaign.Audience;

/// <summary>What a cell of a sheet holds.</summary>
enum CellKind : byte
{
    None,
    Text,
    Number,

    /// <summary>A formula that was never computed: Excel shows what no file holds.</summary>
    LacksResult,
}

/// <summary>What all cells of a merged range show.</summary>
sealed record MergedValue(string Written, int Style, CellKind Kind, double Number);
