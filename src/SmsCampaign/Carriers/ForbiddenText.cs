namespace SmsCampaign.Carriers;

/// <summary>Finds characters in a text that a gateway does not take.</summary>
static class ForbiddenText
{
    /// <summary>One fault a character, with every place it stands at, in an officer's words.</summary>
    /// <param name="forbidden">The characters, one after the other.</param>
    public static IEnumerable<Wording> FaultsOf(string text, string forbidden)
    {
        foreach (var character in forbidden.Distinct())
        {
            var places =
                Enumerable.Range(0, text.Length).Where(at => text[at] == character).Select(at => at + 1).ToList();
            if (places.Count == 0)
                continue;

            var where = string.Join(", ", places.Take(5)) + (places.Count > 5 ? ", …" : "");
            yield return new Wording(
                $"Ký tự “{character}” (vị trí {where}) không được nhận. Hãy viết bằng chữ hoặc bỏ đi.",
                $"The character '{character}' (at {where}) is not taken. Write it as a word or take it out.");
        }
    }
}
