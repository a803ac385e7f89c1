-- Les styles nommés des documents, et ce que typst demande en plus : le titre des tableaux, les images à leur taille.
local function brut(texte) return pandoc.RawBlock("typst", texte) end

function Div(div)
  local style = div.attributes["custom-style"]
  if not style then return nil end
  local blocs = pandoc.List({ brut("#style-" .. style:lower() .. "[") })
  blocs:extend(div.content)
  blocs:insert(brut("]"))
  return blocs
end

function Image(image)
  local alt = pandoc.utils.stringify(image.caption):gsub('[\\"]', "\\%0")
  return pandoc.RawInline("typst", '#image("' .. image.src .. '", width: 26mm, alt: "' .. alt .. '")')
end
