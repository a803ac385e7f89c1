-- Les images à leur taille, dans tous les formats ; pour typst, les styles nommés, qu’il ne connaît pas.
local function brut(texte) return pandoc.RawBlock("typst", texte) end

function Div(div)
  local style = div.attributes["custom-style"]
  if not style or FORMAT ~= "typst" then return nil end
  local blocs = pandoc.List({ brut("#style-" .. style:lower() .. "[") })
  blocs:extend(div.content)
  blocs:insert(brut("]"))
  return blocs
end

function Image(image)
  if FORMAT ~= "typst" then
    image.attributes.width = "26mm"
    return image
  end
  local alt = pandoc.utils.stringify(image.caption):gsub('[\\"]', "\\%0")
  return pandoc.RawInline("typst", '#image("' .. image.src .. '", width: 26mm, alt: "' .. alt .. '")')
end
